import { productGroup } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { syncSubscription } from "@/lib/sync/subscription";
import { readWaits } from "@/lib/sync/subscription-waits";

type Row = Prisma.SubscriptionGetPayload<{ include: { items: true } }>;

/** A live subscription of the tenant's own, with what it waits for. */
export type OwnSubscription = Omit<
  Row,
  "schedule" | "pendingChange" | "collectionPaused"
> &
  ReturnType<typeof readWaits>;

/**
 * The tenant's live subscription by its id, or its only one. Throws no_subscription, not_found (another's, or
 * one that has ended), choose_subscription.
 */
export async function requireOwnSubscription(
  { tenantId }: { tenantId: string },
  wanted: string | undefined,
): Promise<OwnSubscription> {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findMany({
      where: { tenantId, livemode: livemode(), ...(wanted && { id: wanted }) },
      include: { items: true },
    }),
  );
  const [own, second] = rows.filter(({ status }) => isLive(status));
  if (!own) throw new AppError(wanted ? "not_found" : "no_subscription");
  if (second) throw new AppError("choose_subscription");
  return { ...own, ...readWaits(own) };
}

/**
 * The same as Stripe has it now, for whoever is about to change it. Throws subscription_ended where it has
 * ended meanwhile: our rows know that from here on (hazard 63).
 */
export async function requireCurrent(
  ctx: TenantContext,
  id: string,
): Promise<OwnSubscription> {
  await requireOwnSubscription(ctx, id);
  await syncSubscription(id, ctx);
  try {
    return await requireOwnSubscription(ctx, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found")
      throw new AppError("subscription_ended", { cause: error });
    throw error;
  }
}

/** The item that is a plan of the catalogue: by its product, never by its place (hazard 73). */
export function planItem(own: { items: OwnSubscription["items"] }) {
  const known = own.items.filter(({ productId }) => productGroup(productId));
  const [item, second] = known;
  return item && !second ? item : null;
}

/** A renewal and a change of plan need somebody who pays, and nothing owed. */
export function isRunning({ status }: { status: string }): boolean {
  return status === "active" || status === "trialing";
}

/** Flexible billing sets cancel_at, classic the boolean: either means ending (hazard 60). */
export function isEnding({
  cancelAt,
  cancelAtPeriodEnd,
}: Pick<Row, "cancelAt" | "cancelAtPeriodEnd">): boolean {
  return cancelAt !== null || cancelAtPeriodEnd;
}
