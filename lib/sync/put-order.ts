import { recordAudit } from "@/lib/audit/record";
import type { Transaction } from "@/lib/platform/db";
import { OrderStatus } from "@/prisma/client/enums";
import { addEffect, addMails } from "./effect";
import { isNews } from "./news";
import type { SyncCause } from "./result";

export type OrderLine = {
  productId: string;
  priceId: string;
  quantity: number;
  amount: number;
};

export type OrderFacts = {
  tenantId: string;
  cause: SyncCause;
  /** What has paid it. */
  of: { checkoutSessionId: string } | { chargeIntentId: string };
  status: OrderStatus;
  /** Somebody else sends the receipt. */
  hasReceipt: boolean;
  begunAt: Date;
  customerId: string | null;
  /** What was bought, frozen: a product may be renamed or repriced later. */
  facts: {
    lines: OrderLine[];
    description?: string | null;
    currency: string;
    amountTotal: bigint;
    paymentIntentId: string | null;
  };
  receiptUrl: string | null;
};

/**
 * Stores how a purchase stands, under the claim of what pays it. The first time that it is paid asks, once, for
 * what must follow: fulfilment and a receipt. Repeatable.
 */
export async function putOrder(
  tx: Transaction,
  order: OrderFacts,
): Promise<void> {
  const { tenantId, cause, of, status, facts, receiptUrl } = order;
  const before = await findOrder(tx, tenantId, of);
  if (before?.status === status) return;
  const stands = {
    status,
    receiptUrl,
    paidAt: status === OrderStatus.paid ? new Date() : null,
  };
  const stored = before
    ? await tx.order.update({
        where: { tenantId_id: { tenantId, id: before.id } },
        data: stands,
      })
    : await tx.order.create({ data: { tenantId, ...of, ...facts, ...stands } });
  const action = before ? "order.updated" : "order.recorded";
  await recordAudit(tx, { tenantId, ...cause }, action, stored.id, { status });
  if (status !== OrderStatus.paid) return;
  const { id: orderId } = stored;
  await addEffect(tx, {
    tenantId,
    kind: "purchase_paid",
    cause: orderId,
    payload: { orderId },
  });
  const isFact = before !== null || isNews(order.begunAt);
  if (!isFact || stored.amountTotal <= 0n || order.hasReceipt) return;
  const payload = { orderId, customerId: order.customerId };
  await addMails(tx, tenantId, [
    { kind: "mail.order_receipt", cause: orderId, payload },
  ]);
}

export function findOrder(
  tx: Transaction,
  tenantId: string,
  of: OrderFacts["of"],
) {
  return tx.order.findUnique({
    where:
      "chargeIntentId" in of
        ? { tenantId_chargeIntentId: { tenantId, ...of } }
        : { tenantId_checkoutSessionId: { tenantId, ...of } },
  });
}
