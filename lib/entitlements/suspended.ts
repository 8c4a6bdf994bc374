import { moneyBack } from "@/lib/catalog/money-back";
import type { Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";

/**
 * The subscriptions that give no access because a bank claims back what was paid for them, where the catalogue says
 * so: from the dispute until it is won. Computed from rows, so a dispute that is won gives the access back by itself.
 */
export async function suspendedPlans(
  tx: Transaction,
  tenantId: string,
): Promise<ReadonlySet<string>> {
  if (moneyBack.disputed !== "suspend") return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT invoice.subscription_id AS id FROM dispute
    JOIN invoice ON invoice.tenant_id = dispute.tenant_id AND dispute.payment_id = ANY(invoice.payment_ids)
    WHERE dispute.tenant_id = ${tenantId} AND dispute.livemode = ${livemode()}
      AND dispute.status IN ('needs_response', 'under_review', 'lost') AND invoice.subscription_id IS NOT NULL`;
  return new Set(rows.map(({ id }) => id));
}
