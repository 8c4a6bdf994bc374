import type Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncInvoice } from "@/lib/sync/invoice";
import { idOf } from "@/lib/sync/reference";
import { syncSubscription } from "@/lib/sync/subscription";
import {
  isEnding,
  requireCurrent,
  type OwnSubscription,
} from "./own-subscription";
import { freeOfSchedule } from "./release-schedule";
import { requireSavedCard } from "./saved-card";
import { runCommand, type Run } from "./subscription-command";

export type PlanResumed = {
  state: "running" | "payment_needed";
  subscriptionId: string;
  invoiceId: string | null;
};

/**
 * Takes back what stops a plan: its end, by clearing whichever of the two fields says it; a pause, which begins
 * a new period and its payment now; or a stop of its invoices. Throws nothing_to_resume, managed_elsewhere,
 * payment_method_missing, and what runCommand throws.
 */
export async function resumePlan(
  ctx: TenantContext,
  { subscriptionId: id }: { subscriptionId: string },
  requestKey: string | null,
): Promise<PlanResumed> {
  const command = { subject: id, requestKey, fingerprint: id };
  return runCommand(ctx, { ...command, kind: "plan.resumed" }, async (run) => {
    const { update } = await run.params(async () => {
      const own = await requireCurrent(ctx, id);
      if (own.status === "paused") {
        await requireSavedCard(ctx, own);
        return { update: null };
      }
      await freeOfSchedule(ctx, own);
      return { update: clearing(own) };
    });
    if (!update) return goOn(ctx, id, run);
    await stripe().subscriptions.update(id, update, run.key("resume"));
    await syncSubscription(id, ctx);
    return { state: "running", subscriptionId: id, invoiceId: null };
  });
}

/** Stripe refuses both at once, and clearing the other one leaves the end as it is (hazards 60 and 61). */
function clearing(own: OwnSubscription): Stripe.SubscriptionUpdateParams {
  if (isEnding(own))
    return own.cancelAtPeriodEnd
      ? { cancel_at_period_end: false }
      : { cancel_at: "" };
  // An empty string clears it; null would not be sent (hazard 65).
  if (own.collectionPaused) return { pause_collection: "" };
  throw new AppError("nothing_to_resume");
}

async function goOn(
  ctx: TenantContext,
  id: string,
  run: Run,
): Promise<PlanResumed> {
  const resumed = await stripe().subscriptions.resume(
    id,
    {
      billing_cycle_anchor: { type: "now" },
      payment_behavior: "resume_on_payment_success",
    },
    run.key("resume"),
  );
  await syncSubscription(id, ctx);
  const invoiceId = idOf(resumed.latest_invoice);
  if (invoiceId) await syncInvoice(invoiceId, ctx);
  const waits = resumed.status === "paused";
  return {
    state: waits ? "payment_needed" : "running",
    subscriptionId: id,
    invoiceId: waits ? invoiceId : null,
  };
}
