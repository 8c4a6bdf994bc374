import { systemDb } from "@/lib/platform/db";
import { describeError, log } from "@/lib/platform/log";
import { syncSubscription } from "./subscription";

/**
 * Fetches anew each live subscription of this tenant whose period is over and of whose renewal nobody told
 * us (hazard 13): at most once in ten minutes, however many pages ask. For after an answer was sent: never
 * throws.
 */
export async function refreshStale({
  tenantId,
}: {
  tenantId: string;
}): Promise<void> {
  try {
    for (const { id } of await claimStale(tenantId)) {
      const actor = { kind: "job", id: "stale" } as const;
      await syncSubscription(id, { actor, cause: "stale read" });
    }
  } catch (error) {
    log().warn(
      { tenantId, error: describeError(error) },
      "stale rows not refreshed",
    );
  }
}

async function claimStale(tenantId: string): Promise<{ id: string }[]> {
  return systemDb(
    "stale subscriptions",
    (tx) => tx.$queryRaw<{ id: string }[]>`
      UPDATE subscription SET stale_checked_at = now()
      WHERE tenant_id = ${tenantId} AND status IN ('active', 'trialing', 'past_due')
        AND (stale_checked_at IS NULL OR stale_checked_at < now() - interval '10 minutes')
        AND EXISTS (SELECT FROM subscription_item AS item
          WHERE item.tenant_id = subscription.tenant_id AND item.subscription_id = subscription.id
            AND current_period_end < now() - interval '5 minutes')
      RETURNING id`,
  );
}
