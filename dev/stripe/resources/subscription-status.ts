import type { Context } from "../context";
import { emit } from "../events";
import type { Invoice, Subscription, SubscriptionSchedule } from "../objects";
import { billingSettings } from "./billing-settings";
import { cancelPayment, returnBalance } from "./invoice-open";
import { applyPendingUpdate, dropPendingUpdate } from "./subscription-pending";
import { endSubscription, putSubscription } from "./subscription-cancel";

type Status = "active" | "past_due" | "unpaid";

export function subscriptionOf(
  ctx: Context,
  invoice: Invoice,
): Subscription | null {
  const id = invoice.parent?.subscription_details.subscription;
  return (id && ctx.store.get("subscription", id)) || null;
}

/** An invoice was paid, voided or written off: its subscription may be in good standing again. */
export function invoiceSettled(ctx: Context, invoice: Invoice): void {
  const subscription = subscriptionOf(ctx, invoice);
  if (!subscription || subscription.ended_at !== null) return;
  const { status } = subscription;
  if (status === "incomplete") {
    if (invoice.status === "void") return expireIncomplete(ctx, subscription);
    const trial = (subscription.trial_end ?? 0) > ctx.clock.now();
    return setStatus(ctx, subscription, trial ? "trialing" : "active");
  }
  if (status === "paused" && invoice.status === "paid")
    return setStatus(ctx, subscription, "active");
  const pending =
    subscription.pending_update && subscription.latest_invoice === invoice.id;
  const current = !pending
    ? subscription
    : invoice.status === "paid"
      ? applyPendingUpdate(ctx, subscription, invoice)
      : dropPendingUpdate(ctx, subscription);
  if (["active", "past_due", "unpaid"].includes(status))
    setStatus(ctx, current, decidedStatus(ctx, current));
}

/** The newest invoice that is not void decides; written off counts as paid. */
function decidedStatus(ctx: Context, subscription: Subscription): Status {
  const invoices = ctx.store
    .all("invoice", { index: "subscription", key: subscription.id })
    .reverse();
  const unpaid = subscription.status === "unpaid";
  const decides = invoices.find(
    ({ status }) => status !== "void" && (unpaid || status !== "draft"),
  );
  if (!decides || decides.status === "paid") return "active";
  if (decides.status === "uncollectible") return "active";
  if (unpaid) return "unpaid";
  if (decides.collection_method === "send_invoice")
    return (decides.due_date ?? Infinity) <= ctx.clock.now()
      ? "past_due"
      : "active";
  return decides.attempted ? "past_due" : "active";
}

/** An attempt at the invoice failed. An incomplete subscription waits, a paused one stays so. */
export function collectionFailed(ctx: Context, invoice: Invoice): void {
  const subscription = subscriptionOf(ctx, invoice);
  if (subscription?.status === "active")
    setStatus(ctx, subscription, "past_due");
}

/** The last retry failed: what the settings say happens now. */
export function collectionGivenUp(ctx: Context, invoice: Invoice): void {
  const subscription = subscriptionOf(ctx, invoice);
  if (subscription?.status !== "past_due") return;
  const { after_retries } = billingSettings(ctx);
  if (after_retries === "cancel") {
    endSubscription(ctx, subscription, {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: "payment_failed",
    });
    abortSchedule(ctx, subscription);
  } else setStatus(ctx, subscription, after_retries);
}

/** Nothing that was planned happens to what ended for want of money. */
function abortSchedule(ctx: Context, { schedule }: Subscription): void {
  const planned = ctx.store.get("subscription_schedule", schedule ?? "");
  if (planned?.status !== "active") return;
  const aborted: SubscriptionSchedule = {
    ...planned,
    canceled_at: ctx.clock.now(),
    current_phase: null,
    status: "canceled",
  };
  ctx.store.put("subscription_schedule", aborted);
  emit(ctx, "subscription_schedule.aborted", aborted);
}

/** The first invoice stayed unpaid for 23 hours, or was voided: there will be no other. */
export function expireIncomplete(ctx: Context, before: Subscription): void {
  const now = ctx.clock.now();
  putSubscription(ctx, before, {
    ...before,
    ended_at: now,
    status: "incomplete_expired",
  });
}

export function setStatus(
  ctx: Context,
  before: Subscription,
  status: Subscription["status"],
): void {
  if (before.status !== status)
    putSubscription(ctx, before, { ...before, status });
}

export function voidInvoice(ctx: Context, before: Invoice): Invoice {
  const invoice = withdrawn(ctx, before, "void", {
    voided_at: ctx.clock.now(),
  });
  cancelPayment(ctx, before);
  returnBalance(ctx, before);
  emit(ctx, "invoice.voided", invoice);
  invoiceSettled(ctx, invoice);
  return invoice;
}

export function writeOffInvoice(ctx: Context, before: Invoice): Invoice {
  const invoice = withdrawn(ctx, before, "uncollectible", {
    marked_uncollectible_at: ctx.clock.now(),
  });
  emit(ctx, "invoice.marked_uncollectible", invoice);
  invoiceSettled(ctx, invoice);
  return invoice;
}

function withdrawn(
  ctx: Context,
  before: Invoice,
  status: "uncollectible" | "void",
  when: Partial<Invoice["status_transitions"]>,
): Invoice {
  const invoice: Invoice = {
    ...before,
    auto_advance: false,
    next_payment_attempt: null,
    status,
    status_transitions: { ...before.status_transitions, ...when },
  };
  ctx.store.put("invoice", invoice);
  return invoice;
}
