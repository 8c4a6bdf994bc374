import { HOUR, periodAt } from "../calendar";
import type { Context } from "../context";
import { isRefusal } from "../errors";
import { emit } from "../events";
import type { Invoice, Subscription, SubscriptionItem } from "../objects";
import { noteDueDate, noteRenewal } from "./alarms";
import { collectInvoice, payerOf } from "./invoice-collect";
import { attemptOpening } from "./invoice-open";
import { pendingItems } from "./pending-items";
import { putPaused } from "./subscription-pause";
import { dropPendingUpdate } from "./subscription-pending";
import { draftBill } from "./subscription-bill";
import { endSubscription, putSubscription } from "./subscription-cancel";
import {
  expireIncomplete,
  subscriptionOf,
  voidInvoice,
  writeOffInvoice,
} from "./subscription-status";

const INCOMPLETE = 23 * HOUR;
const RUNNING = ["active", "past_due", "unpaid"];

/** When time next changes this subscription; Infinity if it never will. */
export function subscriptionDue(one: Subscription): number {
  if (one.ended_at !== null) return Infinity;
  if (one.status === "incomplete") return one.created + INCOMPLETE;
  const ends = one.items.data.map((item) => item.current_period_end);
  return Math.min(
    one.cancel_at ?? Infinity,
    one.pending_update?.expires_at ?? Infinity,
    one.pause_collection?.resumes_at ?? Infinity,
    one.status === "trialing" ? (one.trial_end ?? Infinity) : Infinity,
    ...(RUNNING.includes(one.status) ? ends : []),
  );
}

/** Brings about the first thing that is due; the caller asks again what is due next. */
export function runSubscription(ctx: Context, before: Subscription): void {
  const now = ctx.clock.now();
  const due = (at: number | null | undefined) => (at ?? Infinity) <= now;
  if (before.status === "incomplete") {
    const invoice = ctx.store.get("invoice", before.latest_invoice ?? "");
    if (invoice?.status === "open") voidInvoice(ctx, invoice);
    else expireIncomplete(ctx, before);
  } else if (due(before.pending_update?.expires_at)) {
    dropPendingUpdate(ctx, before);
    const invoice = ctx.store.get("invoice", before.latest_invoice ?? "");
    if (invoice?.status === "open") voidInvoice(ctx, invoice);
  } else if (due(before.cancel_at)) {
    endSubscription(ctx, before, before.cancellation_details);
    billLeftovers(ctx, before);
  } else if (due(before.pause_collection?.resumes_at)) {
    putSubscription(ctx, before, { ...before, pause_collection: null });
  } else if (before.status === "trialing") {
    endTrial(ctx, before);
  } else {
    renew(ctx, before);
  }
}

/** What was still pending is billed once more after the end. */
function billLeftovers(ctx: Context, ended: Subscription): void {
  if (pendingItems(ctx, ended.customer, ended.id).length === 0) return;
  const invoice = draftBill(ctx, ended, {
    items: [],
    billing_reason: "subscription_cycle",
    waits: true,
  });
  emit(ctx, "invoice.created", invoice);
}

function endTrial(ctx: Context, before: Subscription): void {
  const missing = before.trial_settings?.end_behavior.missing_payment_method;
  if (missing !== "create_invoice" && !payerOf(ctx, before, before)) {
    if (missing === "cancel") {
      endSubscription(ctx, before, before.cancellation_details);
      return;
    }
    putPaused(ctx, before, "trial_end_without_payment_method");
    return;
  }
  renew(ctx, { ...before, status: "active" }, before);
}

/** The subscription with the next period of what has run out, and the items it begins for. */
export function nextPeriods(
  ctx: Context,
  from: Subscription,
): { next: Subscription; begun: SubscriptionItem[] } {
  const now = ctx.clock.now();
  const data = from.items.data.map((item) =>
    item.current_period_end <= now ? rolled(from, item) : item,
  );
  const begun = data.filter((item) => !from.items.data.includes(item));
  return { next: { ...from, items: { ...from.items, data } }, begun };
}

/** Bills the periods that begin now, on a draft that waits an hour. */
function renew(ctx: Context, from: Subscription, before = from): void {
  const { next: after, begun } = nextPeriods(ctx, from);
  const held =
    after.status === "unpaid" ||
    after.pause_collection?.behavior === "keep_as_draft";
  const invoice = draftBill(ctx, after, {
    items: begun,
    billing_reason: "subscription_cycle",
    period_start: Math.min(
      ...before.items.data.map((item) => item.current_period_start),
    ),
    waits: true,
    held,
  });
  putSubscription(ctx, before, { ...after, latest_invoice: invoice.id });
  noteRenewal(ctx, after);
  emit(ctx, "invoice.created", invoice);
}

function rolled(of: Subscription, item: SubscriptionItem): SubscriptionItem {
  const every = item.price.recurring;
  if (!every) throw new Error(`the item ${item.id} has no interval`);
  const start = item.current_period_end;
  const { end } = periodAt(of.billing_cycle_anchor, every, start);
  return { ...item, current_period_end: end, current_period_start: start };
}

export function invoiceDue(one: Invoice): number {
  if (!one.auto_advance) return Infinity;
  if (one.status === "draft") return one.automatically_finalizes_at ?? Infinity;
  return one.status === "open"
    ? (one.next_payment_attempt ?? Infinity)
    : Infinity;
}

/** Finalizes a draft and collects it, or tries an open invoice again. */
export function runInvoice(ctx: Context, invoice: Invoice): void {
  if (invoice.status === "open") {
    collectInvoice(ctx, invoice, { automatic: true });
    return;
  }
  const opened = attemptOpening(ctx, invoice);
  if (isRefusal(opened)) return;
  const { open, intent } = opened;
  emit(ctx, "invoice.finalized", open);
  const paused = subscriptionOf(ctx, open)?.pause_collection?.behavior;
  if (paused === "void") voidInvoice(ctx, open);
  else if (paused === "mark_uncollectible") writeOffInvoice(ctx, open);
  else {
    if (intent) emit(ctx, "payment_intent.created", intent);
    if (open.collection_method === "charge_automatically" || !intent)
      collectInvoice(ctx, open, { automatic: true });
    else {
      noteDueDate(ctx, open);
      emit(ctx, "invoice.sent", open);
    }
  }
}
