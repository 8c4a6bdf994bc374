import type { Context } from "../context";
import { emit } from "../events";
import type {
  SchedulePhase,
  Subscription,
  SubscriptionSchedule,
} from "../objects";
import { endSubscription } from "./subscription-cancel";
import type { ItemChange } from "./subscription-change";
import { updateSubscription } from "./subscription-update";

export function putSchedule(
  ctx: Context,
  before: SubscriptionSchedule,
  after: SubscriptionSchedule,
  type = "subscription_schedule.updated",
): SubscriptionSchedule {
  ctx.store.put("subscription_schedule", after);
  if (type !== "subscription_schedule.updated") emit(ctx, type, after);
  else if (JSON.stringify(before) !== JSON.stringify(after))
    emit(ctx, type, after, before);
  return after;
}

export function scheduleDue(one: SubscriptionSchedule): number {
  return one.status === "active"
    ? (one.current_phase?.end_date ?? Infinity)
    : Infinity;
}

/** The phase that runs is over: the next one begins, or the schedule ends as it says. */
export function runSchedule(ctx: Context, before: SubscriptionSchedule): void {
  const now = ctx.clock.now();
  const next = before.phases.find((phase) => phase.start_date >= now);
  const subscription = ctx.store.get("subscription", before.subscription ?? "");
  if (!subscription || subscription.ended_at !== null) {
    putSchedule(ctx, before, {
      ...before,
      current_phase: null,
      status: "canceled",
    });
    return;
  }
  if (next) {
    enterPhase(ctx, subscription, next);
    putSchedule(ctx, before, {
      ...before,
      current_phase: { end_date: next.end_date, start_date: next.start_date },
    });
  } else if (before.end_behavior === "cancel") {
    endSubscription(ctx, subscription, subscription.cancellation_details);
    const ended = { ...before, completed_at: now, current_phase: null };
    const completed = { ...ended, status: "completed" };
    putSchedule(ctx, before, completed, "subscription_schedule.completed");
  } else {
    releaseSchedule(ctx, before);
  }
}

/** Lets the subscription go on by itself, as it is. */
export function releaseSchedule(
  ctx: Context,
  before: SubscriptionSchedule,
): SubscriptionSchedule {
  const subscription = ctx.store.get("subscription", before.subscription ?? "");
  if (subscription)
    ctx.store.put("subscription", { ...subscription, schedule: null });
  const released: SubscriptionSchedule = {
    ...before,
    current_phase: null,
    released_at: ctx.clock.now(),
    released_subscription: before.subscription,
    status: "released",
    subscription: null,
  };
  return putSchedule(ctx, before, released, "subscription_schedule.released");
}

/** The subscription gets the phase's items; one that is replaced keeps its id. */
export function enterPhase(
  ctx: Context,
  subscription: Subscription,
  phase: SchedulePhase,
): void {
  const old = subscription.items.data;
  const kept = old.filter((item) =>
    phase.items.some((one) => one.price === item.price.id),
  );
  const free = old.filter((item) => !kept.includes(item));
  const items = phase.items.map(({ price, quantity }): ItemChange => {
    const same = kept.find((item) => item.price.id === price) ?? free.shift();
    return { id: same?.id, price, quantity };
  });
  const gone = free.map(({ id }): ItemChange => ({ id, deleted: true }));
  updateSubscription(ctx, subscription, {
    items: [...items, ...gone],
    metadata: phase.metadata ?? undefined,
    proration_behavior: phase.proration_behavior as "none",
  });
}
