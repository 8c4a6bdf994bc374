import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncSubscription } from "@/lib/sync/subscription";
import { isEnding, requireCurrent } from "./own-subscription";
import { freeOfSchedule } from "./release-schedule";
import { runCommand } from "./subscription-command";

/**
 * Stops a running plan until somebody resumes it: no access, no invoices, and what is paid for and unused is
 * credited to the invoice with which it goes on. Throws plan_not_running, plan_ending, change_waiting,
 * managed_elsewhere, and what runCommand throws.
 */
export async function pausePlan(
  ctx: TenantContext,
  { subscriptionId: id }: { subscriptionId: string },
  requestKey: string | null,
): Promise<{ state: "paused"; subscriptionId: string }> {
  const command = { subject: id, requestKey, fingerprint: id };
  return runCommand(ctx, { ...command, kind: "plan.paused" }, async (run) => {
    await run.params(async () => {
      const own = await requireCurrent(ctx, id);
      if (own.status !== "active") throw new AppError("plan_not_running");
      if (isEnding(own)) throw new AppError("plan_ending");
      if (own.pendingChange || own.schedule?.next)
        throw new AppError("change_waiting");
      await freeOfSchedule(ctx, own);
      return {};
    });
    await stripe().subscriptions.pause(
      id,
      {
        type: "subscription",
        bill_for: { unused_time_from: { type: "now" } },
        invoicing_behavior: "pending_invoice_item",
      },
      run.key("pause"),
    );
    await syncSubscription(id, ctx);
    return { state: "paused", subscriptionId: id };
  });
}
