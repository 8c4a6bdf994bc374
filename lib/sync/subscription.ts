import { isDeepStrictEqual } from "node:util";
import type Stripe from "stripe";
import { isKnownStatus } from "@/lib/entitlements/resolve";
import { countSeats, isPerSeat } from "@/lib/entitlements/seat-count";
import { raiseAlarm } from "@/lib/platform/alarm";
import { systemDb, type Transaction } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix, toUnix } from "@/lib/platform/time";
import type { SubscriptionItem } from "@/prisma/client/client";
import { addEffect, addMails } from "./effect";
import { monthlyAmount } from "./monthly-amount";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { recordChange, summarise } from "./subscription-change";
import { subscriptionMails } from "./subscription-mails";
import { toItemRow, toRow } from "./subscription-row";
import { takeReadTicket } from "./read-budget";
import { claimNewest } from "./ticket";

/**
 * Fetches the subscription with all its items and stores what Stripe says. Webhook, success page, cron
 * and command line all end here. Repeatable; a slower older answer changes nothing.
 */
export async function syncSubscription(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const subscription = await fetchSubscription(id);
  if (!subscription) return { ignored: "gone" };
  const owner = await resolveOwner(subscription, cause);
  if ("ignored" in owner) return owner;
  await saveSubscription(subscription, { ...owner, ticket, cause });
  return owner;
}

/** Stores an answer of Stripe's, with the change it made and the effects it causes, in one transaction. */
export async function saveSubscription(
  subscription: Stripe.Subscription,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  const key = { tenantId, id: subscription.id };
  const asOf = momentOf(subscription, cause);
  const monthly = monthlyAmount(subscription, asOf);
  const row = { ...toRow(subscription), monthlyAmount: monthly, asOf };
  const items = subscription.items.data.map(toItemRow);
  if (!isKnownStatus(row.status)) {
    log().error({ subscriptionId: key.id }, "unknown subscription status");
  }
  const doubled = await systemDb("save subscription", async (tx) => {
    if (
      !(await claimNewest(tx, { stripeId: subscription.id, tenantId, ticket }))
    )
      return false;
    const before = await tx.subscription.findUnique({
      where: { tenantId_id: key },
      include: { items: true },
    });
    await tx.subscription.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    await saveItems(tx, key, { were: before?.items ?? [], are: items });
    const was = before && summarise(before.status, before.items);
    const is = summarise(row.status, items);
    const change = { key, currency: row.currency, was, is, cause };
    const beside = await recordChange(tx, change);
    const unpaid =
      subscription.cancellation_details?.reason === "payment_failed";
    const now = { ...row, items, id: key.id, unpaid };
    await addMails(tx, tenantId, subscriptionMails(before, now, ticket));
    await askForSeats(tx, { ...now, tenantId, ticket });
    return beside;
  });
  if (doubled) await raiseAlarm("two_live_subscriptions", key.id);
}

/** Since when it is as it is: what Stripe itself dates goes first, since its clock may be ahead of ours. */
function momentOf(
  { ended_at: ended, created, items }: Stripe.Subscription,
  { at = new Date() }: SyncCause,
): Date {
  if (ended !== null) return fromUnix(ended);
  const starts = items.data.map((item) => item.current_period_start);
  return fromUnix(Math.max(toUnix(at), created, ...starts));
}

/** A quantity that is not the number of members is counted anew, whoever has set it. */
async function askForSeats(
  tx: Transaction,
  subscription: {
    id: string;
    tenantId: string;
    status: string;
    items: readonly Item[];
    ticket: bigint;
  },
): Promise<void> {
  const { id, tenantId, status, items, ticket } = subscription;
  const item = items.find(isPerSeat);
  if (!item || !["active", "trialing"].includes(status)) return;
  if (item.quantity === (await countSeats(tx, tenantId))) return;
  const cause = `${id}:${ticket}`;
  await addEffect(tx, { tenantId, kind: "seats_changed", cause, payload: {} });
}

type Item = ReturnType<typeof toItemRow>;

/** Most events change nothing of the items: those are not written again. */
async function saveItems(
  tx: Transaction,
  { tenantId, id: subscriptionId }: { tenantId: string; id: string },
  { were, are }: { were: readonly SubscriptionItem[]; are: readonly Item[] },
): Promise<void> {
  const gone = were.filter((was) => !are.some(({ id }) => id === was.id));
  if (gone.length > 0)
    await tx.subscriptionItem.deleteMany({
      where: { tenantId, id: { in: gone.map(({ id }) => id) } },
    });
  for (const item of are) {
    const was = were.find(({ id }) => id === item.id);
    if (isDeepStrictEqual(was, { tenantId, subscriptionId, ...item })) continue;
    await tx.subscriptionItem.upsert({
      where: { tenantId_id: { tenantId, id: item.id } },
      create: { tenantId, subscriptionId, ...item },
      update: item,
    });
  }
}

/** Embedded lists stop at ten (hazard 15): the rest is fetched, so that no item is taken for removed. */
async function fetchSubscription(
  id: string,
): Promise<Stripe.Subscription | null> {
  try {
    const subscription = await stripe().subscriptions.retrieve(id, {
      expand: [
        "default_payment_method",
        "discounts.source.coupon",
        "schedule.phases.items.price",
      ],
    });
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
