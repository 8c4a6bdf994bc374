import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";
import type { Money } from "@/lib/platform/money";
import { syncPayment } from "@/lib/sync/payment";
import { lineNames } from "./order-lines";
import { savedCards, type SavedCard } from "./pay-page";
import { failureOf } from "./payments";

export type PaymentPage = {
  id: string;
  /** What it is for, in words. */
  names: string[];
  due: Money;
  /** `open`: it waits for a card. `confirm`: it waits for the buyer's bank. */
  state: "open" | "confirm" | "under_way" | "paid" | "closed";
  /** Why the last try failed, in our words. */
  failure: { code: string; message: string } | null;
  cards: SavedCard[];
  /** Only staff call it off. */
  byStaff: boolean;
  receiptUrl: string | null;
};

/**
 * What the page of a payment shows. Unless its end is known, Stripe is asked once more what became of it: so whoever
 * comes back from their bank sees it, and has what they paid for, also when the webhook is late or lost (hazard 10).
 * Null when the payment is not this tenant's, or was not begun here.
 */
export async function getPaymentPage(
  ctx: TenantContext,
  paymentId: string,
): Promise<PaymentPage | null> {
  const before = await readPage(ctx, paymentId);
  if (!before || before.state === "paid" || before.state === "closed")
    return before;
  try {
    await syncPayment(paymentId, ctx);
  } catch (error) {
    const details = { paymentId, error: describeError(error) };
    log().warn(details, "page of a payment could not sync");
    return before;
  }
  return readPage(ctx, paymentId);
}

async function readPage(
  { tenantId }: TenantContext,
  id: string,
): Promise<PaymentPage | null> {
  return tenantDb({ tenantId }, async (tx) => {
    const charge = await tx.chargeIntent.findUnique({
      where: { tenantId_paymentId: { tenantId, paymentId: id } },
    });
    const payment = await tx.payment.findUnique({
      where: { tenantId_id: { tenantId, id }, livemode: livemode() },
    });
    if (!charge || !payment) return null;
    const { amount, currency, byStaff } = charge;
    return {
      id,
      names: lineNames(charge),
      due: { amount, currency },
      state: states.get(payment.status) ?? "open",
      failure: failureOf(payment),
      cards: await savedCards(tx, payment),
      byStaff,
      receiptUrl: payment.receiptUrl,
    };
  });
}

const states: ReadonlyMap<string, PaymentPage["state"]> = new Map([
  ["requires_action", "confirm"],
  ["processing", "under_way"],
  ["requires_capture", "under_way"],
  ["succeeded", "paid"],
  ["canceled", "closed"],
]);
