import { HOUR, periodAt } from "../calendar";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest, isRefusal, notBuilt } from "../errors";
import { emit } from "../events";
import type { Subscription } from "../objects";
import { noteDeadline } from "./alarms";
import { billNow, draftBill, putProrations } from "./subscription-bill";
import { unusedTime } from "./subscription-proration";

/** Stops it: no invoices until somebody resumes it. What is paid for and unused is credited unless told not to. */
export function pauseSubscription(
  ctx: Context,
  before: Subscription,
  params: Params<"subscriptions.pause">,
): Subscription {
  if (!["active", "past_due", "trialing"].includes(before.status))
    throw invalidRequest(
      `A subscription that is ${before.status} cannot be paused.`,
    );
  if (before.schedule)
    throw invalidRequest(
      "A subscription that is managed by a schedule cannot be paused.",
    );
  const credits = params.bill_for?.unused_time_from?.type !== "none";
  if (credits && before.status !== "trialing")
    putProrations(ctx, unusedTime(ctx, before, ctx.clock.now()));
  return putPaused(ctx, before, "pause_requested");
}

export function putPaused(
  ctx: Context,
  before: Subscription,
  type: "pause_requested" | "trial_end_without_payment_method",
): Subscription {
  const paused: Subscription = {
    ...before,
    status: "paused",
    status_details: {
      paused: {
        subscription: { type },
        transitioned_at: ctx.clock.now(),
        type: "subscription",
      },
    },
  };
  ctx.store.put("subscription", paused);
  emit(ctx, "customer.subscription.paused", paused);
  return paused;
}

/** Begins a new period now, billed at once; it stays paused until that is paid, for 23 hours at most. */
export function resumeSubscription(
  ctx: Context,
  before: Subscription,
  params: Params<"subscriptions.resume">,
): Subscription {
  if (before.status !== "paused")
    throw invalidRequest("Only paused subscriptions can be resumed.");
  if (params.billing_cycle_anchor?.type === "unchanged")
    throw notBuilt("billing_cycle_anchor[type]=unchanged");
  const now = ctx.clock.now();
  const items = before.items.data.map((item) => {
    const every = item.price.recurring ?? {
      interval: "day",
      interval_count: 1,
    };
    const { end } = periodAt(now, every, now);
    return { ...item, current_period_end: end, current_period_start: now };
  });
  const { status_details: _details, ...rest } = before;
  const begun: Subscription = {
    ...rest,
    billing_cycle_anchor: now,
    items: { ...before.items, data: items },
  };
  const draft = draftBill(ctx, begun, {
    items,
    billing_reason: "subscription_update",
  });
  ctx.store.put("subscription", { ...begun, latest_invoice: draft.id });
  const billed = billNow(ctx, draft, { pending: true });
  const after = ctx.store.get("subscription", before.id) ?? begun;
  if (isRefusal(billed)) noteDeadline(ctx, billed.invoice, now + 23 * HOUR);
  else emit(ctx, "customer.subscription.resumed", after);
  return after;
}
