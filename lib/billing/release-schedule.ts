import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncSubscription } from "@/lib/sync/subscription";
import type { OwnSubscription } from "./own-subscription";

/** Lets a schedule of ours go; the subscription stays as it is. Repeatable. */
export async function releaseOwn(scheduleId: string): Promise<void> {
  try {
    await stripe().subscriptionSchedules.release(scheduleId);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError))
      throw error;
    const { status } =
      await stripe().subscriptionSchedules.retrieve(scheduleId);
    if (status === "active") throw error;
  }
}

/**
 * Lets go what manages a subscription, because Stripe refuses to cancel or resume a scheduled one (hazard 64).
 * Throws managed_elsewhere for a schedule that is not ours.
 */
export async function freeOfSchedule(
  ctx: TenantContext,
  own: OwnSubscription,
): Promise<void> {
  if (!own.schedule) return;
  if (!own.schedule.ours) throw new AppError("managed_elsewhere");
  await releaseOwn(own.schedule.id);
  await syncSubscription(own.id, ctx);
}
