import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { isKnownStatus, mayGiveAccess } from "@/lib/entitlements/resolve";
import { systemDb, type Prisma, type Transaction } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { addEffect } from "./effect";
import { idOf } from "./reference";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { claimNewest, takeTicket } from "./ticket";

/**
 * Fetches the subscription with all its items and stores what Stripe says. Webhook, success page, cron
 * and command line all end here. Repeatable; a slower older answer changes nothing.
 */
export async function syncSubscription(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeTicket();
  const subscription = await fetchSubscription(id);
  if (!subscription) return { ignored: "gone" };
  const owner = await resolveOwner(subscription, cause);
  if ("ignored" in owner) return owner;
  await saveSubscription(subscription, { ...owner, ticket, cause });
  return owner;
}

/** Stores an answer of Stripe's, with the change it made and the effects it causes, in one transaction. */
async function saveSubscription(
  subscription: Stripe.Subscription,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  const key = { tenantId, id: subscription.id };
  const row = toRow(subscription);
  const items = subscription.items.data.map(toItemRow);
  if (!isKnownStatus(row.status)) {
    log().error({ subscriptionId: key.id }, "unknown subscription status");
  }
  await systemDb("save subscription", async (tx) => {
    if (
      !(await claimNewest(tx, { stripeId: subscription.id, tenantId, ticket }))
    )
      return;
    const before = await tx.subscription.findUnique({
      where: { tenantId_id: key },
      include: { items: true },
    });
    await tx.subscription.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    await saveItems(tx, key, items);
    const was = before && summarise(before.status, before.items);
    const is = summarise(row.status, items);
    if (was && JSON.stringify(was) === JSON.stringify(is)) return;
    await recordChange(tx, { key, currency: row.currency, was, is, cause });
  });
}

/** What metrics and access depend on. Dates alone, as at a renewal, are no change (hazard 16). */
type Summary = {
  status: string;
  priceId: string | null;
  quantity: number | null;
  amount: string;
};

function summarise(
  status: string,
  items: readonly {
    priceId: string;
    quantity: number | null;
    unitAmount: bigint | null;
  }[],
): Summary {
  const amount = items.reduce(
    (sum, i) => sum + (i.unitAmount ?? 0n) * BigInt(i.quantity ?? 1),
    0n,
  );
  const [first] = items.toSorted((a, b) => a.priceId.localeCompare(b.priceId));
  return {
    status,
    priceId: first?.priceId ?? null,
    quantity: first?.quantity ?? null,
    amount: String(amount),
  };
}

async function recordChange(
  tx: Transaction,
  change: {
    key: { tenantId: string; id: string };
    currency: string;
    was: Summary | null;
    is: Summary;
    cause: SyncCause;
  },
): Promise<void> {
  const { key, was, is, cause } = change;
  const { id: changeId } = await tx.subscriptionChange.create({
    data: {
      tenantId: key.tenantId,
      subscriptionId: key.id,
      fromStatus: was?.status ?? null,
      toStatus: is.status,
      fromPriceId: was?.priceId ?? null,
      toPriceId: is.priceId,
      quantity: is.quantity,
      amount: BigInt(is.amount),
      currency: change.currency,
      cause: cause.cause,
    },
  });
  const details = { from: was?.status ?? null, to: is.status };
  await recordAudit(
    tx,
    { ...key, ...cause },
    "subscription.changed",
    key.id,
    details,
  );
  const hadAccess = was !== null && mayGiveAccess(was.status);
  if (hadAccess === mayGiveAccess(is.status)) return;
  await addEffect(tx, {
    tenantId: key.tenantId,
    kind: hadAccess ? "access_ended" : "access_began",
    cause: changeId,
    payload: { subscriptionId: key.id, status: is.status },
  });
}

async function saveItems(
  tx: Transaction,
  { tenantId, id: subscriptionId }: { tenantId: string; id: string },
  items: readonly ReturnType<typeof toItemRow>[],
): Promise<void> {
  await tx.subscriptionItem.deleteMany({
    where: {
      tenantId,
      subscriptionId,
      id: { notIn: items.map((item) => item.id) },
    },
  });
  for (const item of items) {
    await tx.subscriptionItem.upsert({
      where: { tenantId_id: { tenantId, id: item.id } },
      create: { tenantId, subscriptionId, ...item },
      update: item,
    });
  }
}

function toRow(subscription: Stripe.Subscription) {
  return {
    customerId: idOf(subscription.customer) ?? "",
    livemode: subscription.livemode,
    status: subscription.status,
    currency: subscription.currency,
    collectionMethod: subscription.collection_method,
    cancelAt: fromUnixOrNull(subscription.cancel_at),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    canceledAt: fromUnixOrNull(subscription.canceled_at),
    endedAt: fromUnixOrNull(subscription.ended_at),
    trialEnd: fromUnixOrNull(subscription.trial_end),
    defaultPaymentMethod: idOf(subscription.default_payment_method),
    latestInvoiceId: idOf(subscription.latest_invoice),
    intentId: subscription.metadata.intent_id ?? null,
    startedAt: fromUnix(subscription.start_date),
    createdAt: fromUnix(subscription.created),
  } satisfies Omit<Prisma.SubscriptionUncheckedCreateInput, "tenantId" | "id">;
}

function toItemRow(item: Stripe.SubscriptionItem) {
  return {
    id: item.id,
    priceId: item.price.id,
    productId: idOf(item.price.product) ?? "",
    quantity: item.quantity ?? null,
    unitAmount:
      item.price.unit_amount === null ? null : BigInt(item.price.unit_amount),
    interval: item.price.recurring?.interval ?? null,
    intervalCount: item.price.recurring?.interval_count ?? null,
    currentPeriodStart: fromUnix(item.current_period_start),
    currentPeriodEnd: fromUnix(item.current_period_end),
  };
}

/** Embedded lists stop at ten (hazard 15): the rest is fetched, so that no item is taken for removed. */
async function fetchSubscription(
  id: string,
): Promise<Stripe.Subscription | null> {
  try {
    const subscription = await stripe().subscriptions.retrieve(id);
    if (subscription.items.has_more) {
      const all = stripe().subscriptionItems.list({
        subscription: id,
        limit: 100,
      });
      subscription.items.data = await all.autoPagingToArray({ limit: 1000 });
    }
    return subscription;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
