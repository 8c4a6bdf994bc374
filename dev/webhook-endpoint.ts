import Stripe from "stripe";
import { readSecrets, writeSecrets } from "./secrets";

/**
 * Makes sure that the emulator delivers to this app, as a webhook endpoint made in the Dashboard would.
 * Repeatable. Returns the endpoint's signing secret.
 */
export async function ensureWebhookEndpoint(options: {
  dataDir: string;
  stripeOrigin: string;
  stripeKey: string;
  appUrl: string;
}): Promise<string> {
  const { dataDir, stripeOrigin, stripeKey, appUrl } = options;
  const { hostname, port } = new URL(stripeOrigin);
  const stripe = new Stripe(stripeKey, {
    host: hostname,
    port: Number(port),
    protocol: "http",
    telemetry: false,
  });
  const { handledEvents } = await import("../lib/webhooks/handlers");
  const wanted = {
    url: `${appUrl}/api/webhooks/stripe`,
    // The table's keys are event names; the SDK's type spells them out one by one.
    enabled_events:
      handledEvents as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
  };

  const secrets = readSecrets(dataDir);
  const known = secrets.webhook;
  const { data: existing } = await stripe.webhookEndpoints.list({ limit: 100 });
  if (known && existing.some(({ id }) => id === known.endpointId)) {
    await stripe.webhookEndpoints.update(known.endpointId, wanted);
    return known.secret;
  }

  // Stripe shows a secret only once: an endpoint whose secret is lost is of no use any more.
  for (const endpoint of existing.filter(({ url }) => url === wanted.url)) {
    await stripe.webhookEndpoints.del(endpoint.id);
  }
  const created = await stripe.webhookEndpoints.create({
    ...wanted,
    api_version: Stripe.API_VERSION,
  });
  const secret = created.secret;
  if (!secret) throw new Error("The emulator gave no webhook secret.");
  writeSecrets(dataDir, {
    ...secrets,
    webhook: { endpointId: created.id, secret },
  });
  return secret;
}
