import type { AuditAction } from "@/lib/audit/actions";
import { recordAudit } from "@/lib/audit/record";
import { disputeState } from "@/lib/catalog/dispute-state";
import { moneyBack } from "@/lib/catalog/money-back";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { addEffect } from "@/lib/sync/effect";
import { cancelNow } from "./end-billing";

/**
 * Does what the catalogue says of money that went back, by refund or dispute: ends plans, and has purchases taken back.
 * From the rows alone, so it may be called after any event and any number of times. A won dispute undoes nothing here:
 * suspended access comes back by itself (lib/entitlements/suspended.ts).
 */
export async function followMoneyBack(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  const ending = await systemDb("money that went back", async (tx) => {
    const rows = await returnedPayments(tx, tenantId);
    const back = rows.flatMap(howGone);
    await takeBackPurchases(tx, tenantId, back);
    return plansOf(tx, tenantId, back);
  });
  for (const { id, action } of ending) {
    await systemDb("a plan ends with its money", (tx) =>
      recordOnce(tx, ctx, action, id),
    );
    await cancelNow(ctx, id);
  }
}

type Returned = {
  id: string;
  captured: bigint;
  refunded: bigint;
  /** Whether part of that is still on its way. */
  pending: boolean;
  disputes: string[];
};

async function returnedPayments(
  tx: Transaction,
  tenantId: string,
): Promise<Returned[]> {
  return tx.$queryRaw<Returned[]>`
    SELECT id, amount_captured AS captured, amount_refunded AS refunded,
      EXISTS (SELECT FROM refund WHERE refund.tenant_id = payment.tenant_id AND payment_id = payment.id
        AND status IN ('pending', 'requires_action')) AS pending,
      ARRAY(SELECT status FROM dispute WHERE dispute.tenant_id = payment.tenant_id
        AND payment_id = payment.id) AS disputes
    FROM payment WHERE tenant_id = ${tenantId} AND livemode = ${livemode()}
      AND (amount_refunded > 0 OR disputed)`;
}

type Gone = { id: string; by: "refund" | "dispute" };

/** How all of a payment is gone, if it is; by a dispute as far as the catalogue acts on disputes at all. */
function howGone(row: Returned): Gone[] {
  const { id, captured, refunded, pending } = row;
  if (captured > 0n && refunded === captured && !pending)
    return [{ id, by: "refund" }];
  return isClaimed(row) ? [{ id, by: "dispute" }] : [];
}

function isClaimed({ disputes }: Returned): boolean {
  const states = disputes.map(disputeState);
  switch (moneyBack.disputed) {
    case "keep":
      return false;
    case "suspend":
      return states.includes("lost");
    case "end":
      return states.includes("lost") || states.includes("open");
  }
}

async function takeBackPurchases(
  tx: Transaction,
  tenantId: string,
  gone: readonly Gone[],
): Promise<void> {
  const stays = moneyBack.purchaseRefunded === "stays";
  const acted = gone.filter(({ by }) => by === "dispute" || !stays);
  const orders = await tx.order.findMany({
    where: {
      tenantId,
      status: "paid",
      paymentIntentId: { in: acted.map(({ id }) => id) },
    },
  });
  for (const { id: orderId } of orders)
    await addEffect(tx, {
      tenantId,
      kind: "purchase_taken_back",
      cause: orderId,
      payload: { orderId },
    });
}

type Ending = { id: string; action: AuditAction };

/** By a dispute of any payment of the plan; by a refund only where it is the one for the period that runs. */
async function plansOf(
  tx: Transaction,
  tenantId: string,
  gone: readonly Gone[],
): Promise<Ending[]> {
  const idsBy = (how: Gone["by"]) =>
    gone.filter(({ by }) => by === how).map(({ id }) => id);
  const refunded = moneyBack.planRefunded === "ends" ? idsBy("refund") : [];
  const claimed = idsBy("dispute");
  const rows = await tx.$queryRaw<
    { id: string; status: string; claimed: boolean }[]
  >`
    SELECT subscription.id, subscription.status, bool_or(payment_ids && ${claimed}) AS claimed
    FROM subscription JOIN invoice ON invoice.tenant_id = subscription.tenant_id
      AND invoice.subscription_id = subscription.id
    WHERE subscription.tenant_id = ${tenantId} AND (payment_ids && ${claimed}
      OR (invoice.id = latest_invoice_id AND payment_ids && ${refunded}))
    GROUP BY subscription.id, subscription.status`;
  return rows
    .filter(({ status }) => isLive(status))
    .map((row) => ({
      id: row.id,
      action: row.claimed ? "plan.ended_by_dispute" : "plan.ended_by_refund",
    }));
}

/** Two events may find the same at once, and one may be answered again after a crash. */
async function recordOnce(
  tx: Transaction,
  ctx: TenantContext,
  action: AuditAction,
  objectId: string,
): Promise<void> {
  const { tenantId } = ctx;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${action}:${objectId}`}, 0))`;
  const where = { tenantId, action, objectId };
  if ((await tx.auditEntry.count({ where })) === 0)
    await recordAudit(tx, ctx, action, objectId);
}
