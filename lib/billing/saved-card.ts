import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
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
