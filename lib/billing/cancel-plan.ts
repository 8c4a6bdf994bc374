import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncSubscription } from "@/lib/sync/subscription";
import { isEnding, requireCurrent } from "./own-subscription";
import { freeOfSchedule } from "./release-schedule";
import { runCommand } from "./subscription-command";
import { subscriptionRequest } from "./subscription-request";

/** Stripe's own reasons, in the order in which they are offered. */
export const cancelReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

export const cancelRequest = subscriptionRequest.extend({
  when: z.enum(["now", "period_end"]).default("period_end"),
  /** A list in which nothing was chosen sends nothing. */
  feedback: z
    .union([z.enum(cancelReasons), z.literal("").transform(() => undefined)])
    .optional(),
  comment: z.string().trim().max(500).optional(),
});

/**
 * Ends the plan when what is paid has run out, or at once. What was planned for it is called off. At once means
 * without a refund, and what it still owes is voided: nobody is charged later for what they cannot use (hazard
 * 75). Throws plan_ending if it ends already, managed_elsewhere, and what runCommand throws.
 */
export async function cancelPlan(
  ctx: TenantContext,
  input: z.infer<typeof cancelRequest>,
  requestKey: string | null,
): Promise<{ state: "ending" | "ended"; subscriptionId: string }> {
  const { subscriptionId: id, when, feedback, comment } = input;
  const fingerprint = JSON.stringify([id, when, feedback, comment]);
  const details = {
    cancellation_details: {
      ...(feedback && { feedback }),
      ...(comment && { comment }),
    },
  };
  return runCommand(
    ctx,
    { subject: id, kind: "plan.cancelled", requestKey, fingerprint },
    async (run) => {
      const { owes } = await run.params(() => decide(ctx, input));
      if (when === "now") await endNow(id, details);
      if (owes) await voidOpen(ctx, id);
      if (when === "period_end")
        await stripe().subscriptions.update(
          id,
          { cancel_at_period_end: true, ...details },
          run.key("cancel"),
        );
      await syncSubscription(id, ctx);
      const state = when === "now" ? "ended" : "ending";
      return { state, subscriptionId: id };
    },
  );
}

/** `owes`: whether invoices are to be voided; a change that waits for its payment is called off with its own. */
async function decide(
  ctx: TenantContext,
  { subscriptionId, when }: z.infer<typeof cancelRequest>,
): Promise<{ owes: boolean }> {
  const own = await requireCurrent(ctx, subscriptionId);
  if (when === "period_end" && isEnding(own)) throw new AppError("plan_ending");
  await freeOfSchedule(ctx, own);
  return { owes: when === "now" || own.pendingChange !== null };
}

async function endNow(
  id: string,
  details: { cancellation_details: object },
): Promise<void> {
  try {
    await stripe().subscriptions.cancel(id, details);
  } catch (error) {
    if (!isMissing(error)) throw error; // it has ended meanwhile
  }
}

/** Asked of Stripe, because the event of an invoice may not have reached us. */
async function voidOpen(
  ctx: TenantContext,
  subscription: string,
): Promise<void> {
  const open = stripe().invoices.list({
    subscription,
    status: "open",
    limit: 100,
  });
  for await (const { id } of open) {
    await stripe().invoices.voidInvoice(id);
    await syncInvoice(id, ctx);
  }
}
