import Stripe from "stripe";
import { env, livemode } from "./env";
import { AppError } from "./errors";
import { seconds } from "./time";
import { traceStripe } from "./trace";

let memo: Stripe | undefined;

/**
 * The only Stripe client, made on first use. Its API version is the SDK's own. A call takes at most
 * 8 s and is repeated twice with the same idempotency key. Throws payments_not_configured without a key.
 */
export function stripe(): Stripe {
  return (memo ??= connect());
}

export function paymentsConfigured(): boolean {
  return Boolean(env().STRIPE_SECRET_KEY);
}

/** What the buyer's browser names us by. Throws payments_not_configured without one. */
export function publishableKey(): string {
  const { STRIPE_PUBLISHABLE_KEY: key } = env();
  if (!key) throw new AppError("payments_not_configured");
  return key;
}

/** Where the browser gets Stripe.js: always from Stripe itself (PCI SAQ A), of the release train of the SDK. */
export function stripeJsUrl(): string {
  const { STRIPE_API_BASE: base } = env();
  return base
    ? `${base}/v3/stripe.js`
    : "https://js.stripe.com/endive/stripe.js";
}

function connect(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = env();
  if (!key) throw new AppError("payments_not_configured");
  const client = new Stripe(key, {
    ...(base && apiHost(new URL(base))),
    timeout: seconds(8),
    maxNetworkRetries: 2,
    telemetry: false,
    appInfo: { name: "turnpike" },
  });
  hear(client, traceStripe);
  return client;
}

/** The SDK documents this event and what it carries, and leaves its listener untyped. */
function hear(
  client: Stripe,
  listener: (answer: Stripe.ResponseEvent) => void,
): void {
  const on = client.on as (event: "response", hears: typeof listener) => void;
  on("response", listener);
}

function apiHost(base: URL) {
  return {
    host: base.hostname,
    port: base.port || (base.protocol === "https:" ? 443 : 80),
    protocol:
      base.protocol === "https:" ? ("https" as const) : ("http" as const),
  };
}

/** The hosts to which a browser may be sent for paying. */
export function paymentOrigins(): string[] {
  const { STRIPE_API_BASE, STRIPE_CHECKOUT_ORIGIN } = env();
  if (STRIPE_API_BASE) return [new URL(STRIPE_API_BASE).origin];
  const custom = STRIPE_CHECKOUT_ORIGIN
    ? [new URL(STRIPE_CHECKOUT_ORIGIN).origin]
    : [];
  return [
    "https://checkout.stripe.com",
    "https://billing.stripe.com",
    "https://hooks.stripe.com", // from there on to the buyer's bank
    ...custom,
  ];
}

/** The URL, if it leads to one of Stripe's own hosts: a browser is redirected nowhere else (trust I23). */
export function requirePaymentUrl(url: string): string {
  if (paymentOrigins().includes(new URL(url).origin)) return url;
  throw new Error(
    `${new URL(url).origin} is no payment host; is it STRIPE_CHECKOUT_ORIGIN?`,
  );
}

/** Where staff find something in Stripe's own Dashboard, in the mode of our key. */
export function dashboardUrl(path: `/${string}`): string {
  const { STRIPE_API_BASE: base } = env();
  const origin = base ? new URL(base).origin : "https://dashboard.stripe.com";
  return `${origin}${livemode() ? "" : "/test"}${path}`;
}

/** Stripe failed to answer or failed itself: the outcome is unknown, and the same key may be tried again. */
export function isUnknownOutcome(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError
  );
}

/** Our key is wrong, revoked or too weak: nobody's fault but the operator's. */
export function isCredentialProblem(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  );
}

/** Stripe's "no such object" about this parameter, or about the object asked for when none is given. */
export function isMissing(error: unknown, param?: string): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === "resource_missing" &&
    (param === undefined || error.param === param)
  );
}
