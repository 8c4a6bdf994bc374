import type { Context } from "../context";
import { emit } from "../events";
import type { Invoice, Subscription } from "../objects";

type Details = {
  comment?: string | null | undefined;
  feedback?:
    NonNullable<Subscription["cancellation_details"]>["feedback"] | undefined;
};

export function putSubscription(
  ctx: Context,
  before: Subscription,
  after: Subscription,
): Subscription {
  ctx.store.put("subscription", after);
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    emit(ctx, "customer.subscription.updated", after, before);
  }
  return after;
}

/** Ends it at once: no refund, no credit. */
export function cancelNow(
  ctx: Context,
  before: Subscription,
  details: Details,
): Subscription {
  return endSubscription(ctx, before, requested(before, details));
}

/** What it still had open is not collected by itself any more. */
export function endSubscription(
  ctx: Context,
  before: Subscription,
  cancellation_details: Subscription["cancellation_details"],
): Subscription {
  const now = ctx.clock.now();
  const canceled: Subscription = {
    ...before,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: before.canceled_at ?? now,
    cancellation_details,
    ended_at: now,
    pending_update: null,
    status: "canceled",
  };
  ctx.store.put("subscription", canceled);
  const by = { index: "subscription", key: before.id };
  for (const invoice of ctx.store.all("invoice", by)) {
    if (!invoice.auto_advance || invoice.status === "paid") continue;
    const left: Invoice = {
      ...invoice,
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    };
    ctx.store.put("invoice", left);
    emit(ctx, "invoice.updated", left, invoice);
  }
  emit(ctx, "customer.subscription.deleted", canceled);
  return canceled;
}

/** Sets the end. The portal leaves `cancel_at_period_end` false under flexible billing. */
export function cancelLater(
  ctx: Context,
  before: Subscription,
  given: Details & { cancel_at?: number; cancel_at_period_end: boolean },
): Subscription {
  return {
    ...before,
    cancel_at: given.cancel_at ?? periodEnd(before),
    cancel_at_period_end: given.cancel_at_period_end,
    canceled_at: before.canceled_at ?? ctx.clock.now(),
    cancellation_details: requested(before, given),
  };
}

export function undoCancel(before: Subscription): Subscription {
  return {
    ...before,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: null,
    },
  };
}

export function periodEnd(subscription: Subscription): number {
  return Math.max(
    ...subscription.items.data.map((item) => item.current_period_end),
  );
}

function requested(
  before: Subscription,
  details: Details,
): Subscription["cancellation_details"] {
  const old = before.cancellation_details;
  return {
    comment:
      details.comment === undefined ? (old?.comment ?? null) : details.comment,
    feedback:
      details.feedback === undefined
        ? (old?.feedback ?? null)
        : details.feedback,
    feedback_option: null,
    reason: "cancellation_requested",
  };
}
