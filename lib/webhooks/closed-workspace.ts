import { billingGoesOn, endBilling } from "@/lib/billing/end-billing";
import { raiseAlarm } from "@/lib/platform/alarm";
import type { TenantContext } from "@/lib/platform/context";
import { Prisma, systemDb, systemSql } from "@/lib/platform/db";

/**
 * Ends what came to life in a workspace that was closed before, as when a checkout that had expired was taken up
 * again at Stripe: nobody can enter to cancel it. Whether the money goes back, a person decides. Repeatable.
 */
export async function endBillingIfClosed(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  const closed = await systemSql(
    "is the workspace closed",
    Prisma.sql`SELECT id FROM tenant WHERE id = ${tenantId} AND closed_at IS NOT NULL`,
  );
  if (closed.length === 0) return;
  const goesOn = await systemDb("billing of a closed workspace", (tx) =>
    billingGoesOn(tx, ctx),
  );
  if (!goesOn) return;
  await endBilling(ctx);
  await raiseAlarm("closed_but_billed", tenantId);
}
