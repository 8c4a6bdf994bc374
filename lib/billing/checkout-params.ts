import type Stripe from "stripe";
import type { ReturnUrls } from "./return-urls";
import type { SaleLine } from "./sale";
import { after, hours, minutes, seconds, toUnix } from "@/lib/platform/time";

/**
 * When the session shall expire; null leaves it to Stripe, which takes a day by its own clock. Stripe takes
 * 30 minutes to 24 hours from the moment *it* sees the request, so a minute at each end is left for the way.
 */
export function sessionExpiry(
  now: Date,
  expiresInMinutes: number | undefined,
): Date | null {
  if (expiresInMinutes === undefined) return null;
  const earliest = minutes(30) + seconds(60);
  const latest = hours(24) - seconds(60);
  const wanted = minutes(expiresInMinutes);
  return after(now, Math.min(latest, Math.max(earliest, wanted)));
}

/**
 * What Stripe is asked for; pure. Our ids stand on the session *and* on what it makes, because Stripe
 * copies neither to the other (hazard 51).
 */
export function checkoutParams(input: {
  mode: "subscription" | "payment";
  tenantId: string;
  intentId: string;
  customerId: string;
  items: readonly SaleLine[];
  urls: ReturnUrls;
  expiresAt: Date | null;
  metadata: Readonly<Record<string, string>>;
}): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    ...input.metadata,
    tenant_id: input.tenantId,
    intent_id: input.intentId,
  };
  return {
    mode: input.mode,
    customer: input.customerId,
    client_reference_id: input.tenantId,
    line_items: [...input.items],
    success_url: input.urls.successUrl,
    cancel_url: input.urls.cancelUrl,
    ...(input.expiresAt && { expires_at: toUnix(input.expiresAt) }),
    // An expired one can be taken up again, by a copy that Stripe makes; but a copy would sell what staff
    // offered also after they have withdrawn it.
    ...(!input.items.some((item) => "price_data" in item) && {
      after_expiration: {
        recovery: { enabled: true, allow_promotion_codes: false },
      },
    }),
    metadata,
    ...(input.mode === "subscription"
      ? { subscription_data: { metadata, billing_mode: { type: "flexible" } } }
      : { payment_intent_data: { metadata } }),
  };
}
