import type Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { publishableKey } from "@/lib/platform/stripe";
import { requireChargeable } from "./amount";
import { beginPayment } from "./begin-payment";
import type { Owed } from "./charge-intent";
import type { PaymentRequest } from "./payment-request";
import { requireSale, type Sale } from "./sale";
import { sessionOptions } from "./session-options";

export type PaymentBegun = {
  id: string;
  /** For Stripe.js in the buyer's browser, and for nobody else: it is neither stored nor logged. */
  clientSecret: string;
  publishableKey: string;
};

/**
 * A payment for something that is bought once, to be confirmed with Stripe.js or with a saved card. What it costs
 * says the catalogue. Throws payments_not_configured, unknown_price, payment_needs_checkout, amount_out_of_range,
 * validation (a quantity, an address that is missing or where it does not ship to) and what beginPayment throws.
 */
export async function createPaymentIntent(
  ctx: TenantContext,
  request: PaymentRequest,
  requestKey: string | null,
): Promise<PaymentBegun> {
  const key = publishableKey();
  const { tenantId: _, priceId, quantity, requestKey: __, ...wish } = request;
  const sale = await requireSale(ctx, [{ priceId, quantity }]);
  if (sale.mode !== "payment")
    throw new AppError("unknown_price", { param: "priceId" });
  if (sessionOptions().tax) throw new AppError("payment_needs_checkout");
  requireShipping(sale, request);
  const owed = owedFor(sale, request.description);
  const intent = await beginPayment(ctx, { owed, wish, requestKey });
  return { id: intent.id, clientSecret: secretOf(intent), publishableKey: key };
}

/** What the catalogue asks for it, in minor units. */
function owedFor({ items }: Sale, description: string | undefined): Owed {
  const lines = items.map(({ price, quantity }) => ({
    productId: price.productId,
    priceId: price.lookupKey,
    quantity: quantity ?? 1,
    amount: Number(price.amount) * (quantity ?? 1),
  }));
  const total = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n);
  requireChargeable(total);
  return {
    byStaff: false,
    priceKeys: lines.map(({ priceId }) => priceId),
    lines,
    description: description ?? null,
    due: { amount: total, currency: items[0]?.price.currency ?? "" },
  };
}

function requireShipping(
  { shipsTo }: Sale,
  { shipping }: PaymentRequest,
): void {
  if (shipsTo.length === 0) return;
  if (!shipping) throw new AppError("validation", { param: "shipping" });
  if (!shipsTo.includes(shipping.address.country))
    throw new AppError("validation", { param: "shipping/address/country" });
}

/** Of a payment that is not over. */
function secretOf({ id, client_secret: secret }: Stripe.PaymentIntent): string {
  if (!secret) throw new Error(`payment ${id} has no client secret`);
  return secret;
}
