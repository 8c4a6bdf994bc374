import type { Feature, Limit } from "@/lib/catalog/plans";
import type { Transaction } from "@/lib/platform/db";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { resolve, type Rights } from "./resolve";
import { suspendedPlans } from "./suspended";

/** The tenant's rights now, read inside the caller's transaction. */
export async function getRights(
  tx: Transaction,
  tenantId: string,
  now = new Date(),
) {
  const subscriptions = await tx.subscription.findMany({
    where: { tenantId, livemode: livemode() },
    include: { items: true },
  });
  const owed = await tx.invoice.groupBy({
    by: ["subscriptionId"],
    where: {
      tenantId,
      livemode: livemode(),
      status: "open",
      subscriptionId: { not: null },
    },
    _min: { createdAt: true },
  });
  const unpaidSince = new Map(
    owed.map((row) => [row.subscriptionId, row._min.createdAt]),
  );
  const suspended = await suspendedPlans(tx, tenantId);
  return resolve(
    subscriptions.map((row) => ({
      ...row,
      suspended: suspended.has(row.id),
      unpaidSince: unpaidSince.get(row.id) ?? null,
    })),
    now,
  );
}

export async function rightsOf(ctx: { tenantId: string }): Promise<Rights> {
  return tenantDb(ctx, (tx) => getRights(tx, ctx.tenantId));
}

/** Throws feature_not_in_plan. */
export async function requireFeature(
  ctx: { tenantId: string },
  feature: Feature,
): Promise<void> {
  const rights = await rightsOf(ctx);
  if (!rights.has(feature)) throw new AppError("feature_not_in_plan");
}

/**
 * Throws limit_reached when `count` of them already stand at the plan's limit. Call it in the transaction
 * that adds one; the lock makes simultaneous additions of one tenant wait for each other.
 */
export async function requireRoomFor(
  tx: Transaction,
  tenantId: string,
  limit: Limit,
  count: () => Promise<number>,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${limit}:${tenantId}`}, 0))`;
  const allowed = (await getRights(tx, tenantId)).limit(limit);
  if (allowed !== null && (await count()) >= allowed)
    throw new AppError("limit_reached");
}
