import type { TenantContext } from "@/lib/platform/context";
import { publishableKey, stripe, stripeJsUrl } from "@/lib/platform/stripe";
import { openCheckout } from "./checkout";
import { requestedItems, type CheckoutRequest } from "./checkout-request";
import { requireSale } from "./sale";

export type EmbeddedCheckout = {
  id: string;
  /** For Stripe.js in the buyer's browser, and for nobody else: it is neither stored nor logged. */
  clientSecret: string;
  publishableKey: string;
  expiresAt: Date;
};

/**
 * The same checkout as createCheckout, to be shown within one of our pages. Throws what that throws, and
 * payments_not_configured without a publishable key.
 */
export async function createEmbeddedCheckout(
  ctx: TenantContext,
  request: CheckoutRequest,
  idempotencyKey: string | null,
): Promise<EmbeddedCheckout> {
  const key = publishableKey();
  const sale = await requireSale(ctx, requestedItems(request));
  const wish = { sale, request, idempotencyKey, ui: "embedded" as const };
  const { id, expiresAt } = await openCheckout(ctx, wish);
  const { client_secret: clientSecret } =
    await stripe().checkout.sessions.retrieve(id);
  if (!clientSecret) throw new Error(`session ${id} has no client secret`);
  return { id, clientSecret, publishableKey: key, expiresAt };
}

/** The script that shows it. */
export const paymentScriptUrl = stripeJsUrl;
