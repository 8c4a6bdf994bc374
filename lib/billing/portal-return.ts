import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { env, livemode } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";
import { isWithinLimit } from "@/lib/platform/rate-limit";
import { minutes } from "@/lib/platform/time";
import { syncCustomer } from "@/lib/sync/customer";
import { syncSubscription } from "@/lib/sync/subscription";

/** Where the portal sends people: by way of a sync, to `path`, which has been checked. */
export function portalReturnUrl(tenantId: string, path: string): string {
  const query = new URLSearchParams({ tenant: tenantId, to: path });
  return `${env().appUrl}/api/portal/return?${query}`;
}

/**
 * Fetches what the portal may have changed: the customer and the subscriptions that had not ended. Repeatable,
 * at most ten times a minute, and best effort: the webhooks say the same, and nobody waits on a page because
 * Stripe does not answer.
 */
export async function syncAfterPortal(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  const returns = { act: "portal.return", of: tenantId, max: 10 };
  if (!(await isWithinLimit({ ...returns, within: minutes(1) }))) return;
  const where = { tenantId, livemode: livemode() };
  const select = { id: true } as const;
  const [customers, subscriptions] = await tenantDb(ctx, async (tx) => [
    await tx.customer.findMany({ where: { ...where, deleted: false }, select }),
    await tx.subscription.findMany({
      where: { ...where, endedAt: null },
      select,
    }),
  ]);
  const done = await Promise.allSettled([
    ...customers.map(({ id }) => syncCustomer(id, ctx)),
    ...subscriptions.map(({ id }) => syncSubscription(id, ctx)),
  ]);
  for (const result of done) {
    if (result.status === "fulfilled") continue;
    const error = describeError(result.reason);
    log().warn({ tenantId: ctx.tenantId, error }, "portal return: no sync");
  }
}
