import Stripe from "stripe";
import { ifAllowed, type Lacking } from "@/lib/cli/lacking";
import { systemDb } from "@/lib/platform/db";
import { env, isAddressKnown, webhookUrl } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { after, days, seconds } from "@/lib/platform/time";
import { handledEvents } from "@/lib/webhooks/handlers";
import { good, wrong, type Check } from "./check";

const setUp = () =>
  `STRIPE_WEBHOOK_ENDPOINT="${webhookUrl()}" npm run stripe -- setup`;

/** Stripe reaches no localhost: there its CLI forwards, and no endpoint is made. */
function isForwarded(): boolean {
  return !env().STRIPE_API_BASE && isLocal(webhookUrl());
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
}

/** Null: the key may not list them. */
async function listEndpoints(): Promise<Stripe.WebhookEndpoint[] | null> {
  const lacking: Lacking = new Set();
  return ifAllowed(lacking, async () => {
    const all: Stripe.WebhookEndpoint[] = [];
    for await (const one of stripe().webhookEndpoints.list({ limit: 100 }))
      all.push(one);
    return all;
  });
}

/** The endpoint at our address, the best of them where there are several. */
async function findEndpoint(): Promise<Stripe.WebhookEndpoint | undefined> {
  const all = (await listEndpoints()) ?? [];
  const here = all.filter(
    ({ url, status }) => url === webhookUrl() && status === "enabled",
  );
  return (
    here.find(({ api_version }) => api_version === Stripe.API_VERSION) ??
    here[0]
  );
}

const forwarded = good(
  "Stripe cannot reach localhost: its CLI forwards, as `npm run dev` starts it.",
);

const addresses: Check = {
  name: "Addresses",
  part: "urls",
  needs: ["Settings"],
  async look() {
    const { NODE_ENV, STRIPE_SUCCESS_URL, STRIPE_CANCEL_URL, appUrl } = env();
    if (NODE_ENV === "production" && !isAddressKnown())
      return wrong(
        `APP_URL is not set: mails and Stripe lead people to ${appUrl}.`,
        'APP_URL="https://app.example.com"  # where people reach this deployment',
      );
    const named = {
      APP_URL: appUrl,
      STRIPE_WEBHOOK_ENDPOINT: webhookUrl(),
      STRIPE_SUCCESS_URL,
      STRIPE_CANCEL_URL,
    };
    const plain = Object.entries(named).filter(
      ([, url]) => url?.startsWith("http:") && !isLocal(url),
    );
    if (plain.length > 0)
      return wrong(
        `Not https: ${plain.map(([name]) => name).join(", ")}.`,
        ...plain.map(
          ([name, url]) => `${name}="${url?.replace(/^http:/, "https:")}"`,
        ),
      );
    return good(`The app is at ${appUrl}.`);
  },
};

const endpoint: Check = {
  name: "Webhook endpoint",
  part: "urls",
  needs: ["Key works"],
  async look() {
    if (isForwarded()) return forwarded;
    const all = await listEndpoints();
    if (!all)
      return wrong(
        "The key may not read webhook endpoints. Allow it in Stripe’s Dashboard, under API keys: rak_webhook_read.",
      );
    const url = webhookUrl();
    const here = all.filter((one) => one.url === url);
    if (here.some(({ status }) => status === "enabled"))
      return good(`Stripe delivers to ${url}.`);
    if (here.length > 0)
      return wrong(`The endpoint at ${url} is disabled.`, setUp());
    const others = all.filter(({ status }) => status === "enabled");
    return others.length > 0
      ? wrong(
          `Stripe delivers to ${others.map((one) => one.url).join(", ")}, and not to ${url}.`,
          setUp(),
        )
      : wrong(`Stripe has no webhook endpoint for ${url}.`, setUp());
  },
};

const version: Check = {
  name: "Webhook version",
  part: "urls",
  needs: ["Webhook endpoint"],
  async look() {
    if (isForwarded()) return forwarded;
    const ours = await findEndpoint();
    if (ours?.api_version === Stripe.API_VERSION)
      return good(
        `Events come in ${Stripe.API_VERSION}, which this code reads.`,
      );
    return wrong(
      `Events come in ${ours?.api_version ?? "the account’s own version"}; this code reads ${Stripe.API_VERSION}.`,
      setUp(),
    );
  },
};

const events: Check = {
  name: "Webhook events",
  part: "urls",
  needs: ["Webhook endpoint"],
  async look() {
    if (isForwarded()) return forwarded;
    const enabled = (await findEndpoint())?.enabled_events ?? [];
    const missing = enabled.includes("*")
      ? []
      : handledEvents.filter((type) => !enabled.includes(type));
    return missing.length === 0
      ? good(`Subscribed to all ${handledEvents.length} that are handled.`)
      : wrong(`Not subscribed to ${missing.join(", ")}.`, setUp());
  },
};

/** An unsigned post must be refused by our own route, and by nothing that stands before it. */
const reachable: Check = {
  name: "Webhook address",
  part: "urls",
  needs: ["Stripe keys"],
  async look() {
    const url = webhookUrl();
    const answer = await fetch(url, {
      method: "POST",
      body: "{}",
      redirect: "manual",
      // `npm run dev` compiles a route when it is first asked for.
      signal: AbortSignal.timeout(seconds(isLocal(url) ? 25 : 10)),
    }).catch(() => null);
    if (!answer)
      return wrong(`Nothing answers at ${url}.`, `curl -i -X POST ${url}`);
    const refusal = await answer.text();
    if (answer.status === 400 && refusal.includes("webhook_invalid"))
      return good("It answers, and refuses what is not signed.");
    const guarded = answer.status === 401 || answer.status === 403;
    return wrong(
      `${url} answered ${answer.status} instead of refusing an unsigned event with 400.${
        guarded
          ? " Something before the app asks for a login, as deployment protection does: let Stripe through."
          : answer.status >= 300 && answer.status < 400
            ? " Stripe follows no redirect: name the address it leads to."
            : ""
      }`,
      `curl -i -X POST ${url}`,
    );
  },
};

const silence: Check = {
  name: "Webhooks arrive",
  part: "urls",
  needs: ["Migrations"],
  async look() {
    const since = after(new Date(), -days(1));
    const alarm = await systemDb("was the endpoint silent", (tx) =>
      tx.alarm.findFirst({
        where: { code: "endpoint_silent", raisedAt: { gt: since } },
      }),
    );
    return alarm
      ? wrong(
          `Events had to be read from Stripe’s list, last at ${alarm.raisedAt.toISOString()}: the endpoint is silent.`,
          "npm run doctor -- --live",
        )
      : good("None had to be fetched in the last 24 hours.");
  },
};

export const endpointChecks: readonly Check[] = [
  addresses,
  endpoint,
  version,
  events,
  reachable,
  silence,
];
