import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { retirePayments } from "./retire-payments";
import { retireSession } from "./retire-session";

/**
 * Ends every open checkout and payment of a price that this tenant may not buy any more; one that was paid meanwhile is
 * stored. Call it once the price is gone for others: the lock waits for whoever begins one at this moment, and
 * whoever begins later finds the price gone. Repeatable.
 */
export async function retireCheckoutsOf(
  ctx: TenantContext,
  priceKey: string,
): Promise<void> {
  const { tenantId } = ctx;
  const where = {
    tenantId,
    livemode: livemode(),
    closedAt: null,
    priceKeys: { has: priceKey },
  };
  const open = await tenantDb(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR UPDATE`;
    // Its creator finds it closed, and expires the session that it has made.
    await tx.checkoutIntent.updateMany({
      where: { ...where, sessionId: null },
      data: { closedAt: new Date(), closedReason: "price withdrawn" },
    });
    return tx.checkoutIntent.findMany({ where });
  });
  for (const intent of open)
    if (intent.sessionId) await retireSession(ctx, intent, intent.sessionId);
  await retirePayments(ctx, { priceKey });
}
