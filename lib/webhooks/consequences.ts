import { billingGoesOn, endBilling } from "@/lib/billing/end-billing";
import { followMoneyBack } from "@/lib/billing/money-back";
import { undoDoubled } from "@/lib/billing/undo-doubled";
import { raiseAlarm } from "@/lib/platform/alarm";
import type { TenantContext } from "@/lib/platform/context";
import { Prisma, systemDb, systemSql } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";

/** What a workspace's rows may call for once they are up to date, whichever event told of it. Repeatable. */
export async function drawConsequences(ctx: TenantContext): Promise<void> {
  const [found] = await systemSql<Found>(
    "a workspace after an event",
    Prisma.sql`
      SELECT closed_at IS NOT NULL AS closed, (SELECT count(*)::int FROM subscription
        WHERE tenant_id = tenant.id AND livemode = ${livemode()} AND status = 'active') AS live,
        EXISTS (SELECT FROM payment WHERE tenant_id = tenant.id AND (amount_refunded > 0 OR disputed)) AS returned
      FROM tenant WHERE id = ${ctx.tenantId}`,
  );
  if (found?.closed) await endBillingOfClosed(ctx);
  else if (found && found.live > 1) await undoDoubled(ctx);
  if (found?.returned) await followMoneyBack(ctx);
}

type Found = {
  closed: boolean;
  live: number;
  /** Whether money went back, or is claimed back. */
  returned: boolean;
};

/**
 * Ends what came to life in a workspace that was closed before, as when a checkout that had expired was taken up
 * again at Stripe: nobody can enter to cancel it. Whether the money goes back, a person decides.
 */
async function endBillingOfClosed(ctx: TenantContext): Promise<void> {
  const goesOn = await systemDb("billing of a closed workspace", (tx) =>
    billingGoesOn(tx, ctx),
  );
  if (!goesOn) return;
  await endBilling(ctx);
  await raiseAlarm("closed_but_billed", ctx.tenantId);
}
