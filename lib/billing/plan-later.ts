import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { stripe } from "@/lib/platform/stripe";
import { idOf } from "@/lib/sync/reference";
import { syncSubscription } from "@/lib/sync/subscription";
import { scheduleMark } from "@/lib/sync/subscription-waits";
import { releaseOwn } from "./release-schedule";
import type { Run } from "./subscription-command";

/** A price that begins when the paid period is over. */
export type Later = {
  subscriptionId: string;
  price: string;
  quantity: number;
  /** A schedule of ours that has nothing left to do, and gives its place to the new one. */
  release: string | null;
};

/**
 * Plans the change by a schedule of two phases: what runs, to the end of what is paid for; then the new price.
 * Nothing is prorated. Repeatable by the keys of its command.
 */
export async function planLater(
  ctx: TenantContext,
  { subscriptionId, price, quantity, release }: Later,
  run: Run,
): Promise<void> {
  if (release) await releaseOwn(release);
  const schedule = await stripe().subscriptionSchedules.create(
    { from_subscription: subscriptionId, metadata: scheduleMark },
    run.key("schedule"),
  );
  try {
    await stripe().subscriptionSchedules.update(
      schedule.id,
      phases(schedule, { price, quantity }),
      run.key("phases"),
    );
  } catch (error) {
    // A schedule that plans nothing would only be in the way.
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      await releaseOwn(schedule.id);
    throw error;
  }
  await syncSubscription(subscriptionId, ctx);
}

/** The running phase is said again as it is, its discounts with it: what is left out, Stripe takes away. */
function phases(
  { phases: [running] }: Stripe.SubscriptionSchedule,
  next: { price: string; quantity: number },
): Stripe.SubscriptionScheduleUpdateParams {
  if (!running) throw new Error("a schedule without its running phase");
  const discounts = running.discounts.flatMap(({ discount }) => {
    const id = idOf(discount);
    return id ? [{ discount: id }] : [];
  });
  const kept = discounts.length > 0 ? { discounts } : {};
  return {
    end_behavior: "release",
    proration_behavior: "none",
    phases: [
      {
        start_date: running.start_date,
        end_date: running.end_date,
        items: running.items.map((item) => ({
          price: idOf(item.price) ?? "",
          quantity: item.quantity ?? 1,
        })),
        ...kept,
      },
      { items: [next], proration_behavior: "none", ...kept },
    ],
  };
}
