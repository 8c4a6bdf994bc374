import { unclaimed } from "@/lib/catalog/dispute-state";
import { moneyBack } from "@/lib/catalog/money-back";
import type { Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";

/**
 * The subscriptions that give no access because a bank claims back what was paid for them, where the catalogue says
 * so, each with its disputes: from the dispute until it is won. Computed from rows, so a dispute that is won gives the
 * access back by itself.
 */
export async function suspendedPlans(
  tx: Transaction,
  tenantId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (moneyBack.disputed !== "suspend") return new Map();
  const rows = await tx.$queryRaw<{ id: string; disputes: string[] }[]>`
    SELECT invoice.subscription_id AS id, array_agg(dispute.id) AS disputes FROM dispute
    JOIN invoice ON invoice.tenant_id = dispute.tenant_id AND dispute.payment_id = ANY(invoice.payment_ids)
    WHERE dispute.tenant_id = ${tenantId} AND dispute.livemode = ${livemode()}
      AND dispute.status <> ALL(${[...unclaimed]}) AND invoice.subscription_id IS NOT NULL
    GROUP BY invoice.subscription_id`;
  return new Map(rows.map(({ id, disputes }) => [id, disputes]));
}
