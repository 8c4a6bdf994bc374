import type Stripe from "stripe";
import type { Transaction } from "@/lib/platform/db";
import { OrderStatus } from "@/prisma/client/enums";
import { fromUnix } from "@/lib/platform/time";
import { putOrder, type OrderLine } from "./put-order";
import { idOf } from "./reference";
import type { SyncCause } from "./result";

/** What a complete session sold once, saved under the session's claim; a plan may have been bought with it. */
export async function saveOrder(
  tx: Transaction,
  session: Stripe.Checkout.Session,
  { tenantId, cause }: { tenantId: string; cause: SyncCause },
): Promise<void> {
  const lines = (session.line_items?.data ?? []).filter(
    ({ price }) => !price?.recurring,
  );
  if (lines.length === 0) return;
  await putOrder(tx, {
    tenantId,
    cause,
    of: { checkoutSessionId: session.id },
    status: orderStatus(session),
    // What Stripe makes an invoice for has that invoice's receipt.
    hasReceipt: Boolean(session.invoice),
    begunAt: fromUnix(session.created),
    customerId: idOf(session.customer),
    facts: {
      lines: lines.map(toLine),
      currency: session.currency ?? "",
      amountTotal: BigInt(
        session.mode === "payment"
          ? (session.amount_total ?? 0) // with what shipping costs
          : lines.reduce((sum, line) => sum + line.amount_total, 0),
      ),
      paymentIntentId: idOf(session.payment_intent),
    },
    receiptUrl: receiptUrl(session),
  });
}

/** The invoice where the sale made one, else the receipt of its charge; both have to be expanded. */
function receiptUrl({
  invoice,
  payment_intent: payment,
}: Stripe.Checkout.Session): string | null {
  const charge = typeof payment === "object" ? payment?.latest_charge : null;
  const hosted =
    typeof invoice === "object" ? invoice?.hosted_invoice_url : null;
  const receipt = typeof charge === "object" ? charge?.receipt_url : null;
  return hosted ?? receipt ?? null;
}

/** What was bought, frozen: a product may be renamed or repriced later. */
function toLine(line: Stripe.LineItem): OrderLine {
  return {
    productId: idOf(line.price?.product) ?? "",
    priceId: line.price?.id ?? "",
    quantity: line.quantity ?? 1,
    amount: line.amount_total,
  };
}

/**
 * Complete is not paid (hazard 50): a delayed method leaves the order pending until its money came, or
 * until its payment failed. Takes a session whose payment intent is expanded.
 */
export function orderStatus(
  session: Pick<Stripe.Checkout.Session, "payment_status" | "payment_intent">,
): OrderStatus {
  if (session.payment_status !== "unpaid") return OrderStatus.paid;
  const payment = session.payment_intent;
  const status = typeof payment === "object" ? payment?.status : undefined;
  const failed = status === "canceled" || status === "requires_payment_method";
  return failed ? OrderStatus.failed : OrderStatus.pending;
}
