import type { TenantContext } from "@/lib/platform/context";
import { isLive } from "@/lib/entitlements/resolve";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";

/**
 * What Stripe will charge: the subscription's own way to pay, else the customer's (hazard 86). Throws
 * payment_method_missing.
 */
export async function requireSavedCard(
  { tenantId }: TenantContext,
  own: { customerId: string; defaultPaymentMethod: string | null },
): Promise<string> {
  if (own.defaultPaymentMethod) return own.defaultPaymentMethod;
  const customer = await tenantDb({ tenantId }, (tx) =>
    tx.customer.findUnique({
      where: { tenantId_id: { tenantId, id: own.customerId } },
    }),
  );
  if (customer?.defaultMethod) return customer.defaultMethod;
  throw new AppError("payment_method_missing");
}

/**
 * What a charge beside every plan goes to: the customer's default, else what a live plan is paid with. Of whatever
 * customer the tenant has, unless one is named. Throws payment_method_missing.
 */
export async function requireChargedCard(
  { tenantId }: TenantContext,
  { customerId: id }: { customerId?: string } = {},
): Promise<string> {
  const customers = await tenantDb({ tenantId }, (tx) =>
    tx.customer.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        deleted: false,
        ...(id && { id }),
      },
      include: { subscriptions: true },
      orderBy: { createdAt: "desc" },
    }),
  );
  const methods = customers.flatMap(({ defaultMethod, subscriptions }) => [
    defaultMethod,
    ...subscriptions
      .filter(({ status }) => isLive(status))
      .map((plan) => plan.defaultPaymentMethod),
  ]);
  const method = methods.find((one) => one !== null);
  if (!method) throw new AppError("payment_method_missing");
  return method;
}
