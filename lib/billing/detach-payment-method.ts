import Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { syncPaymentMethod } from "@/lib/sync/payment-method";
import { requireOwnMethod } from "./payment-methods";

/**
 * Forgets a saved way to pay; Stripe cannot bring it back. Throws not_found, also for one that is forgotten
 * already, or payment_method_in_use for what a live plan is charged to, which would fail to renew.
 */
export async function detachPaymentMethod(
  ctx: TenantContext,
  { paymentMethodId: id }: { paymentMethodId: string },
): Promise<void> {
  const { paysPlan } = await requireOwnMethod(ctx, id);
  if (paysPlan) throw new AppError("payment_method_in_use");
  try {
    await stripe().paymentMethods.detach(id);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError))
      throw error;
    // Somebody else may have forgotten it meanwhile: then it is not there any more.
    await syncPaymentMethod(id, ctx);
    await requireOwnMethod(ctx, id);
    throw error;
  }
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "payment_method.removed", id),
  );
  await syncPaymentMethod(id, ctx);
}
