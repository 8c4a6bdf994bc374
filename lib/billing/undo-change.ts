import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncSubscription } from "@/lib/sync/subscription";
import { requireCurrent } from "./own-subscription";
import { releaseOwn } from "./release-schedule";
import { runCommand } from "./subscription-command";

/**
 * Calls off a change that waits: one planned for the end of the period, or one that was not paid, whose invoice
 * is voided. The plan goes on as it is. Throws nothing_to_undo, managed_elsewhere, and what runCommand throws.
 */
export async function undoChange(
  ctx: TenantContext,
  { subscriptionId: id }: { subscriptionId: string },
  requestKey: string | null,
): Promise<{ state: "undone"; subscriptionId: string }> {
  const command = { subject: id, requestKey, fingerprint: id };
  return runCommand(
    ctx,
    { ...command, kind: "plan.change_undone" },
    async (run) => {
      const waiting = await run.params(() => decide(ctx, id));
      if (waiting.schedule) await releaseOwn(waiting.schedule);
      if (waiting.invoice) await voidOnce(ctx, waiting.invoice);
      await syncSubscription(id, ctx);
      return { state: "undone", subscriptionId: id };
    },
  );
}

async function decide(ctx: TenantContext, id: string) {
  const own = await requireCurrent(ctx, id);
  const { schedule, pendingChange, latestInvoiceId } = own;
  if (schedule && !schedule.ours) throw new AppError("managed_elsewhere");
  if (!schedule?.next && !pendingChange) throw new AppError("nothing_to_undo");
  return {
    schedule: schedule?.id ?? null,
    invoice: pendingChange ? latestInvoiceId : null,
  };
}

async function voidOnce(ctx: TenantContext, id: string): Promise<void> {
  const { status } = await stripe().invoices.retrieve(id);
  if (status === "open") await stripe().invoices.voidInvoice(id);
  await syncInvoice(id, ctx);
}
