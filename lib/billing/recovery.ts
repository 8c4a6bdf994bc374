import { listBuyable } from "@/lib/catalog/tenant-prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { stripe } from "@/lib/platform/stripe";
import { hasLiveSubscription } from "./live-subscription";
import { retireSession } from "./retire-session";

/** Where an expired checkout goes on, as the copy that Stripe makes of it. */
export type Recovery = { url: string; expiresAt: Date };

/**
 * The way back into an expired session; null once going on could charge twice: something newer of its product
 * group is open, a copy of it was paid, or the plan is there already; or what it sold is not for sale any more.
 */
export async function getRecovery(
  ctx: TenantContext,
  sessionId: string,
  now = new Date(),
): Promise<Recovery | null> {
  const { tenantId } = ctx;
  const found = await tenantDb(ctx, async (tx) => {
    const session = await tx.checkoutSession.findUnique({
      where: { tenantId_id: { tenantId, id: sessionId } },
      include: { intent: true },
    });
    if (session?.status !== "expired" || !session.intent) return null;
    const { recoveryUrl: url, recoveryExpiresAt: expiresAt } = session;
    if (!url || !expiresAt || expiresAt <= now) return null;
    const { livemode, productGroup, priceKeys } = session.intent;
    const buyable = await listBuyable(tx, tenantId);
    if (!priceKeys.every((key) => buyable.some((one) => one.lookupKey === key)))
      return null;
    const newer = await tx.checkoutIntent.count({
      where: { tenantId, livemode, productGroup, closedAt: null },
    });
    const paid = await tx.checkoutSession.count({
      where: { tenantId, recoveredFrom: sessionId, status: "complete" },
    });
    return newer + paid > 0
      ? null
      : {
          url,
          expiresAt,
          isPlan: session.mode === "subscription",
          productGroup,
        };
  });
  if (!found) return null;
  const { url, expiresAt, isPlan, productGroup } = found;
  if (isPlan && (await hasLiveSubscription(ctx, [productGroup]))) return null;
  return { url, expiresAt };
}

/**
 * Ends what was begun from recovery links of this group, before something new is begun beside it: Stripe makes
 * such copies without asking us. One that was paid meanwhile is stored instead.
 */
export async function expireCopies(
  ctx: TenantContext,
  { customerId, group }: { customerId: string; group: string },
): Promise<void> {
  const { tenantId } = ctx;
  const open = stripe().checkout.sessions.list({
    customer: customerId,
    status: "open",
    limit: 100,
  });
  for await (const { id, recovered_from: original } of open) {
    if (!original) continue;
    const ofGroup = await tenantDb(ctx, (tx) =>
      tx.checkoutSession.count({
        where: { tenantId, id: original, intent: { productGroup: group } },
      }),
    );
    if (ofGroup === 0) continue;
    await retireSession(ctx, null, id);
  }
}
