import { z } from "zod";
import { productName } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import { tenantDb, type Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import { readWaits } from "@/lib/sync/subscription-waits";

const statuses = [
  "active",
  "trialing",
  "past_due",
  "unpaid",
  "paused",
  "incomplete",
  "incomplete_expired",
  "canceled",
] as const;

/** Of GET /api/subscriptions: one of Stripe's statuses, what has not ended (as without it), or all. */
export const listRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  status: z.enum([...statuses, "live", "all"]).default("live"),
});

export const subscriptionPath = z.strictObject({ subscriptionId: line(255) });

type Row = Prisma.SubscriptionGetPayload<{ include: { items: true } }>;

/** Every subscription of the tenant in that state, newest first, with all its items, from our own rows. */
export async function listSubscriptions(
  { tenantId }: { tenantId: string },
  { status }: { status: z.infer<typeof listRequest>["status"] },
) {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        ...(status !== "live" && status !== "all" && { status }),
      },
      include: { items: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    }),
  );
  const kept = rows.filter((row) => status !== "live" || isLive(row.status));
  return { subscriptions: kept.map(toObject) };
}

/** One of the tenant's own, ended ones too. Throws not_found. */
export async function getSubscription(
  { tenantId }: { tenantId: string },
  id: string,
) {
  const row = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findFirst({
      where: { tenantId, id, livemode: livemode() },
      include: { items: true },
    }),
  );
  if (!row) throw new AppError("not_found");
  return toObject(row);
}

/** Amounts as text: minor units may be larger than JSON's numbers. */
function toObject(row: Row) {
  const { schedule, pendingChange, collectionPaused } = readWaits(row);
  return {
    id: row.id,
    status: row.status,
    currency: row.currency,
    items: row.items.map((item) => ({
      id: item.id,
      name: productName(item.productId),
      priceId: item.priceId,
      quantity: item.quantity,
      unitAmount: item.unitAmount === null ? null : String(item.unitAmount),
      interval: item.interval,
      currentPeriodEnd: item.currentPeriodEnd,
    })),
    cancelAt: row.cancelAt,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    endedAt: row.endedAt,
    trialEnd: row.trialEnd,
    latestInvoiceId: row.latestInvoiceId,
    plannedChange: schedule?.next ?? null,
    pendingChange,
    collectionPaused,
    createdAt: row.createdAt,
  };
}
