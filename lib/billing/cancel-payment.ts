import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { requireCharge } from "./charge-intent";
import { freshPayment } from "./payment-state";
import { refusalOf } from "./refusal";
import { runCommand } from "./subscription-command";

export type PaymentCancelled = { id: string; state: "cancelled" };

/**
 * Calls a payment off that was not paid. What staff ask for, only staff call off. Called off already is success.
 * Throws not_found, payment_elsewhere, forbidden, payment_complete, payment_under_way, payment_refused, and what
 * runCommand throws.
 */
export async function cancelPayment(
  ctx: TenantContext,
  { paymentId: id }: { paymentId: string },
  requestKey: string | null,
): Promise<PaymentCancelled> {
  const { byStaff } = await requireCharge(ctx, id);
  if (byStaff && ctx.actor.kind !== "staff") throw new AppError("forbidden");
  return runCommand(
    ctx,
    { subject: id, kind: "payment.cancelled", requestKey, fingerprint: id },
    async (run) => {
      await endPayment(ctx, id, run.key("cancel"));
      return { id, state: "cancelled" };
    },
  );
}

/**
 * Ends it at Stripe unless it is over. Repeatable. Throws payment_complete, payment_under_way, payment_refused, and
 * what Stripe's failing becomes.
 */
export async function endPayment(
  ctx: TenantContext,
  id: string,
  key: { idempotencyKey: string },
): Promise<void> {
  if (!requireCancellable(await freshPayment(ctx, id))) return;
  const refusal = await refusalOf(() =>
    stripe().paymentIntents.cancel(id, {}, key),
  );
  if (!requireCancellable(await freshPayment(ctx, id))) return;
  throw refusal ?? new Error(`payment ${id} was not called off`);
}

/** False where it is called off already. Throws payment_complete and payment_under_way. */
function requireCancellable({ status }: { status: string }): boolean {
  if (status === "succeeded") throw new AppError("payment_complete");
  if (status === "processing") throw new AppError("payment_under_way");
  return status !== "canceled";
}
