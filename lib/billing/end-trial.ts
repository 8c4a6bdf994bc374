import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncInvoice } from "@/lib/sync/invoice";
import { idOf } from "@/lib/sync/reference";
import { syncSubscription } from "@/lib/sync/subscription";
import { isEnding, requireCurrent } from "./own-subscription";
import { freeOfSchedule } from "./release-schedule";
import { requireSavedCard } from "./saved-card";
import { runCommand } from "./subscription-command";

export type TrialEnded = {
  state: "running" | "payment_needed";
  subscriptionId: string;
  invoiceId: string | null;
};

/**
 * Ends the trial now, and begins to pay. Until the first payment has come the trial goes on as it was. Throws
 * not_on_trial, plan_ending, payment_method_missing, managed_elsewhere, and what runCommand throws.
 */
export async function endTrial(
  ctx: TenantContext,
  { subscriptionId: id }: { subscriptionId: string },
  requestKey: string | null,
): Promise<TrialEnded> {
  const command = { subject: id, requestKey, fingerprint: id };
  return runCommand(
    ctx,
    { ...command, kind: "plan.trial_ended" },
    async (run) => {
      await run.params(async () => {
        const own = await requireCurrent(ctx, id);
        if (own.status !== "trialing") throw new AppError("not_on_trial");
        if (isEnding(own)) throw new AppError("plan_ending");
        await requireSavedCard(ctx, own);
        await freeOfSchedule(ctx, own);
        return {};
      });
      const ended = await stripe().subscriptions.update(
        id,
        {
          trial_end: "now",
          proration_behavior: "none",
          payment_behavior: "pending_if_incomplete",
        },
        run.key("end-trial"),
      );
      const invoiceId = idOf(ended.latest_invoice);
      await syncSubscription(id, ctx);
      if (invoiceId) await syncInvoice(invoiceId, ctx);
      const waits = ended.pending_update !== null;
      return {
        state: waits ? "payment_needed" : "running",
        subscriptionId: id,
        invoiceId: waits ? invoiceId : null,
      };
    },
  );
}
