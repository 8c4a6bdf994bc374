import { productGroup } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncSubscription } from "@/lib/sync/subscription";

/**
 * Throws already_subscribed while the tenant has a live subscription of one of these product groups: only a canceled
 * or expired one frees the slot, an unpaid or paused one does not (hazard 47).
 */
export async function requireNoLiveSubscription(
  ctx: TenantContext,
  groups: readonly string[],
): Promise<void> {
  if (groups.length > 0 && (await hasLiveSubscription(ctx, groups)))
    throw new AppError("already_subscribed");
}

/** Whether our rows know a live subscription of one of these product groups. */
export async function hasLiveSubscription(
  ctx: TenantContext,
  groups: readonly string[],
): Promise<boolean> {
  const subscriptions = await tenantDb(ctx, (tx) =>
    tx.subscription.findMany({
      where: { tenantId: ctx.tenantId, livemode: livemode() },
      include: { items: true },
    }),
  );
  return subscriptions.some(
    ({ status, items }) =>
      isLive(status) &&
      items.some(({ productId }) =>
        groups.includes(productGroup(productId) ?? ""),
      ),
  );
}

/** The same, after asking Stripe for subscriptions whose events have not reached us (hazard 46). */
export async function requireNoneAtStripe(
  ctx: TenantContext,
  customerId: string,
  groups: readonly string[],
): Promise<void> {
  const found = stripe().subscriptions.list({
    customer: customerId,
    limit: 100,
  });
  for await (const { id } of found) await syncSubscription(id, ctx);
  await requireNoLiveSubscription(ctx, groups);
}
