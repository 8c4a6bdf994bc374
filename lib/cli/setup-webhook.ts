import Stripe from "stripe";
import { env } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { handledEvents } from "@/lib/webhooks/handlers";
import type { Change, Plan } from "./change";

// The table's keys are event names; the SDK's type spells them out one by one.
const events =
  handledEvents as Stripe.WebhookEndpointCreateParams.EnabledEvent[];

/**
 * The endpoint at STRIPE_WEBHOOK_ENDPOINT: subscribed to exactly what lib/webhooks/handlers.ts handles, and
 * speaking the version of the SDK (hazard 32), which an endpoint can be given only when it is made.
 */
export async function planWebhook(): Promise<Plan> {
  const { STRIPE_WEBHOOK_ENDPOINT: url } = env();
  if (!url) {
    const note =
      "Webhook endpoint: left alone, since STRIPE_WEBHOOK_ENDPOINT is not set.";
    return { changes: [], notes: [note] };
  }
  const here = await endpointsAt(url);
  const right = here.filter((one) => one.api_version === Stripe.API_VERSION);
  const [ours] = right.toSorted(
    (a, b) => Number(b.status === "enabled") - Number(a.status === "enabled"),
  );
  const others = here.filter((one) => one !== ours && one.status === "enabled");
  const retire = others.map(
    ({ id, api_version }) =>
      `${id} delivers to the same address${api_version ? `, in version ${api_version}` : ""}. Every event arrives twice, which does no harm; disable it in the Dashboard once the new secret is in place.`,
  );
  if (ours) return { changes: align(ours), notes: retire };
  const apply = async () => [...(await create(url)), ...retire];
  return { changes: [{ line: `+ webhook endpoint ${url}`, apply }] };
}

async function endpointsAt(url: string): Promise<Stripe.WebhookEndpoint[]> {
  const found: Stripe.WebhookEndpoint[] = [];
  for await (const one of stripe().webhookEndpoints.list({ limit: 100 }))
    if (one.url === url) found.push(one);
  return found;
}

function align(endpoint: Stripe.WebhookEndpoint): Change[] {
  const { id, enabled_events: enabled, status } = endpoint;
  const missing = events.filter((type) => !enabled.includes(type));
  const surplus = enabled.filter((type) => !handledEvents.includes(type));
  const differences = [
    missing.length > 0 && `subscribed to ${missing.join(", ")}`,
    surplus.length > 0 && `no more to ${surplus.join(", ")}`,
    status !== "enabled" && "enabled again",
  ].filter((difference) => difference !== false);
  if (differences.length === 0) return [];
  return [
    {
      line: `~ webhook endpoint ${id}: ${differences.join("; ")}`,
      apply: async () =>
        void (await stripe().webhookEndpoints.update(id, {
          enabled_events: events,
          disabled: false,
        })),
    },
  ];
}

/** Stripe shows the secret this once. */
async function create(url: string): Promise<string[]> {
  const { id, secret } = await stripe().webhookEndpoints.create({
    url,
    enabled_events: events,
    api_version: Stripe.API_VERSION,
  });
  return [
    `${id} signs with ${secret ?? "a secret that Stripe did not tell"}`,
    "Put this in front of what STRIPE_WEBHOOK_SECRET holds now, separated by a comma, and deploy. It is not shown again.",
  ];
}
