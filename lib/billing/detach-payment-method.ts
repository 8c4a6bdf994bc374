import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { isMissing, isUnknownOutcome, stripe } from "@/lib/platform/stripe";
import { fromStripe } from "@/lib/platform/stripe-errors";
import { getOwner } from "@/lib/sync/owner";
import { syncPaymentMethod } from "@/lib/sync/payment-method";
import { requireOwnMethod } from "./payment-methods";
import { runCommand } from "./subscription-command";

/**
 * Forgets a saved way to pay; Stripe cannot bring it back, so its id is the key of this wish: asked for again, it
 * ends in the same. Throws not_found, also for one that was forgotten elsewhere, payment_method_in_use for what a
 * live plan is charged to, which would fail to renew, and what runCommand throws.
 */
export async function detachPaymentMethod(
  ctx: TenantContext,
  { paymentMethodId: id }: { paymentMethodId: string },
): Promise<void> {
  if ((await getOwner(id)) !== ctx.tenantId) throw new AppError("not_found");
  const kind = "payment_method.removed";
  await runCommand(
    ctx,
    { subject: id, kind, requestKey: id, fingerprint: id },
    async (run) => {
      await run.params(() => requireHeld(ctx, id));
      if (!(await isDetached(id))) await detach(ctx, id);
      await syncPaymentMethod(id, ctx);
      return {};
    },
  );
}

/** Of the first try alone: after a lost answer it may be gone, and that is what was wanted. */
async function requireHeld(ctx: TenantContext, id: string) {
  await requireOwnMethod(ctx, id);
  await syncPaymentMethod(id, ctx);
  return requireOwnMethod(ctx, id);
}

async function detach(ctx: TenantContext, id: string): Promise<void> {
  const { paysPlan } = await requireOwnMethod(ctx, id);
  if (paysPlan) throw new AppError("payment_method_in_use");
  try {
    await stripe().paymentMethods.detach(id);
  } catch (error) {
    if (isUnknownOutcome(error)) throw error;
    // The same wish, sent twice at once, may have been carried out meanwhile.
    if (!(await isDetached(id))) throw fromStripe(error) ?? error;
  }
}

async function isDetached(id: string): Promise<boolean> {
  try {
    return (await stripe().paymentMethods.retrieve(id)).customer === null;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}
