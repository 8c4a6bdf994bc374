import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import type { Transaction } from "@/lib/platform/db";
import { OrderStatus } from "@/prisma/client/enums";
import { fromUnix } from "@/lib/platform/time";
import { addEffect, addMails } from "./effect";
import { isNews } from "./news";
import { idOf } from "./reference";
import type { SyncCause } from "./result";

export type OrderLine = {
  productId: string;
  priceId: string;
  quantity: number;
  amount: number;
};

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
  const key = { tenantId, checkoutSessionId: session.id };
  const before = await tx.order.findUnique({
    where: { tenantId_checkoutSessionId: key },
  });
  const status = orderStatus(session);
  if (before?.status === status) return;
  const order = await tx.order.upsert({
    where: { tenantId_checkoutSessionId: key },
    create: {
      ...key,
      status,
      lines: lines.map(toLine),
      currency: session.currency ?? "",
      amountTotal: BigInt(
        session.mode === "payment"
          ? (session.amount_total ?? 0) // with what shipping costs
          : lines.reduce((sum, line) => sum + line.amount_total, 0),
      ),
      paymentIntentId: idOf(session.payment_intent),
      receiptUrl: receiptUrl(session),
      paidAt: status === OrderStatus.paid ? new Date() : null,
    },
    update: {
      status,
      receiptUrl: receiptUrl(session),
      paidAt: status === OrderStatus.paid ? new Date() : null,
    },
  });
  const action = before ? "order.updated" : "order.recorded";
  await recordAudit(tx, { tenantId, ...cause }, action, order.id, { status });
  if (status === OrderStatus.paid) {
    await addEffect(tx, {
      tenantId,
      kind: "purchase_paid",
      cause: order.id,
      payload: { orderId: order.id },
    });
    // What Stripe makes an invoice for has that invoice's receipt.
    const isFact = before !== null || isNews(fromUnix(session.created));
    if (isFact && order.amountTotal > 0n && !session.invoice) {
      const customerId = idOf(session.customer);
      const payload = { orderId: order.id, customerId };
      await addMails(tx, tenantId, [
        { kind: "mail.order_receipt", cause: order.id, payload },
      ]);
    }
  }
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
