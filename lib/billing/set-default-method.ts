import { recordAudit } from "@/lib/audit/record";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { syncCustomer } from "@/lib/sync/customer";
import { syncSubscription } from "@/lib/sync/subscription";
import { requireOwnMethod } from "./payment-methods";

/**
 * Whatever is charged from now on is charged to it: it becomes the customer's default, and that of each live
 * plan that has one of its own, which would go before (hazard 86). Said again, it ends in the same. Throws
 * not_found.
 */
export async function setDefaultPaymentMethod(
  ctx: TenantContext,
  { paymentMethodId: id }: { paymentMethodId: string },
): Promise<void> {
  const { customerId } = await requireOwnMethod(ctx, id);
  await stripe().customers.update(customerId, {
    invoice_settings: { default_payment_method: id },
  });
  const overriding = await subscriptionsWithOwn(ctx, customerId);
  for (const subscription of overriding)
    await stripe().subscriptions.update(subscription, {
      default_payment_method: id,
    });
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "payment_method.made_default", id),
  );
  await syncCustomer(customerId, ctx);
  for (const subscription of overriding)
    await syncSubscription(subscription, ctx);
}

async function subscriptionsWithOwn(
  { tenantId }: TenantContext,
  customerId: string,
): Promise<string[]> {
  const where = { tenantId, customerId, livemode: livemode() };
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.subscription.findMany({
      where: { ...where, defaultPaymentMethod: { not: null } },
    }),
  );
  return rows.flatMap(({ id, status }) => (isLive(status) ? id : []));
}
