import { DAY } from "../calendar";
import type { Context } from "../context";
import { emit } from "../events";
import type { Subscription } from "../objects";
import type { Alarm } from "../records";

const AHEAD = 3 * DAY;

/** Sets the reminder three days before a trial's end, at once if the trial is shorter. */
export function noteAlarms(ctx: Context, subscription: Subscription): void {
  const { trial_end, status } = subscription;
  if (status !== "trialing" || !trial_end) return;
  ctx.store.put("alarm", {
    id: `${subscription.id} trial_will_end`,
    at: Math.max(trial_end - AHEAD, ctx.clock.now()),
    rings: "trial_will_end",
    subscription: subscription.id,
    test_clock: subscription.test_clock,
  });
}

export function ring(ctx: Context, alarm: Alarm): void {
  ctx.store.remove("alarm", alarm.id);
  const subscription = ctx.store.get("subscription", alarm.subscription);
  if (subscription?.status === "trialing")
    emit(ctx, "customer.subscription.trial_will_end", subscription);
}
