import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { syncSubscription } from "@/lib/sync/subscription";
import { retirePayments } from "./retire-payments";
import { retireSession } from "./retire-session";

/**
 * Ends at Stripe whatever this tenant could still be charged for: open checkouts and payments first, so that none
 * is paid behind our back, then every live subscription, at once and without a refund. Repeatable: a second call
 * goes on where the first one failed. Throws what Stripe's failing becomes.
 */
export async function endBilling(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  const { sessions, customers } = await tenantDb(ctx, async (tx) => ({
    sessions: await tx.checkoutSession.findMany({
      where: { tenantId, livemode: livemode(), status: "open" },
      include: { intent: true },
    }),
    customers: await tx.customer.findMany({
      where: { tenantId, livemode: livemode(), deleted: false },
    }),
  }));
  for (const { id, intent } of sessions) await retireSession(ctx, intent, id);
  await retirePayments(ctx);
  for (const { id } of customers) await cancelAll(ctx, id);
}

/** Asked of Stripe, because the event of a subscription may not have reached us (hazard 46). */
async function cancelAll(
  ctx: TenantContext,
  customerId: string,
): Promise<void> {
  try {
    const found = stripe().subscriptions.list({
      customer: customerId,
      limit: 100,
    });
    for await (const { id, status } of found)
      if (isLive(status)) await cancelNow(ctx, id);
  } catch (error) {
    if (!isMissing(error, "customer")) throw error; // deleted there, and its subscriptions with it
  }
}

/** At once, without a refund. Repeatable. */
export async function cancelNow(ctx: TenantContext, id: string): Promise<void> {
  try {
    await stripe().subscriptions.cancel(id);
  } catch (error) {
    if (!isMissing(error)) throw error; // it has ended meanwhile
  }
  await syncSubscription(id, ctx);
}

/** Whether something can still be charged, by our own rows and inside the caller's transaction. */
export async function billingGoesOn(
  tx: Transaction,
  { tenantId }: { tenantId: string },
): Promise<boolean> {
  const open = await tx.checkoutIntent.count({
    where: {
      tenantId,
      livemode: livemode(),
      closedAt: null,
      sessionId: { not: null },
    },
  });
  if (open > 0) return true;
  const begun = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM charge_intent AS charge JOIN payment
      ON payment.tenant_id = charge.tenant_id AND payment.id = charge.payment_id
    WHERE charge.tenant_id = ${tenantId} AND charge.livemode = ${livemode()} AND closed_at IS NULL
      AND status <> 'processing' LIMIT 1`;
  if (begun.length > 0) return true;
  const subscriptions = await tx.subscription.findMany({
    where: { tenantId, livemode: livemode() },
    select: { status: true },
  });
  return subscriptions.some(({ status }) => isLive(status));
}
