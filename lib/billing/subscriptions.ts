import { z } from "zod";
import { productName } from "@/lib/catalog/prices";
import { isLive } from "@/lib/entitlements/resolve";
import { tenantDb, type Prisma } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";
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
export const listRequest = listQuery.extend({
  status: z.enum([...statuses, "live", "all"]).default("live"),
});

export const subscriptionPath = z.strictObject({ subscriptionId: line(255) });

type Row = Prisma.SubscriptionGetPayload<{ include: { items: true } }>;

/** A page of the tenant's subscriptions in that state, newest first, with all their items, from our own rows. */
export async function listSubscriptions(
  { tenantId }: { tenantId: string },
  { status, before, limit }: Omit<z.output<typeof listRequest>, "tenantId">,
) {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        AND: [inState(status), beyond(before)],
      },
      include: { items: true },
      orderBy: newestFirst,
      take: limit + 1,
    }),
  );
  const { page, older } = pageOf(rows, limit);
  return { data: page.map(toObject), older };
}

function inState(
  status: z.output<typeof listRequest>["status"],
): Prisma.SubscriptionWhereInput {
  if (status === "all") return {};
  if (status !== "live") return { status };
  return { status: { notIn: statuses.filter((one) => !isLive(one)) } };
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
