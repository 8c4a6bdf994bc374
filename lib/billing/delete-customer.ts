import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { syncCustomer } from "@/lib/sync/customer";
import type { Customer } from "@/prisma/client/client";
import { requireCustomer } from "./customer";
import { retireCustomer } from "./customers";

/** Money that may still arrive or go. */
const underWay = ["processing", "requires_action", "requires_capture"];

/**
 * Deletes the tenant's customer at Stripe, with its saved cards; our rows of it stay. The next purchase makes a
 * new one. Refused while anything could still be charged, by our rows or by Stripe's, which may know more:
 * throws customer_has_plan, …_invoice, …_checkout, …_payment or …_balance, not_found for another's, and what
 * Stripe's failing becomes: what could not be looked up is not taken for absent. Repeatable.
 */
export async function deleteCustomer(
  ctx: TenantContext,
  id: string,
): Promise<void> {
  const row = await findCustomer(ctx, id);
  if (!row) return;
  await requireNothingLive(ctx, row);
  try {
    await requireNothingAtStripe(id);
    await stripe().customers.del(id);
    await tenantDb(ctx, (tx) => recordAudit(tx, ctx, "customer.deleted", id));
  } catch (error) {
    if (!isMissing(error)) throw error; // an earlier try, whose answer was lost, has deleted it
  }
  await retireCustomer(ctx, id);
  await syncCustomer(id, ctx);
}

/** Null once it is deleted already. */
async function findCustomer(
  ctx: TenantContext,
  id: string,
): Promise<Customer | null> {
  try {
    return await requireCustomer(ctx, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "customer_gone")
      return null;
    throw error;
  }
}

async function requireNothingLive(
  { tenantId }: TenantContext,
  { id: customerId, balance, livemode }: Customer,
): Promise<void> {
  const own = { tenantId, customerId };
  await tenantDb({ tenantId }, async (tx) => {
    const subscriptions = await tx.subscription.findMany({ where: own });
    if (subscriptions.some(({ status }) => isLive(status)))
      throw new AppError("customer_has_plan");
    if (await tx.invoice.count({ where: { ...own, status: "open" } }))
      throw new AppError("customer_has_invoice");
    if (
      await tx.checkoutIntent.count({
        where: { tenantId, livemode, closedAt: null },
      })
    )
      throw new AppError("customer_has_checkout");
    if (await tx.payment.count({ where: { ...own, status: { in: underWay } } }))
      throw new AppError("customer_has_payment");
    const asked = { tenantId, livemode, byStaff: true, closedAt: null };
    if (await tx.chargeIntent.count({ where: asked }))
      throw new AppError("customer_has_payment");
    if (balance !== 0n) throw new AppError("customer_has_balance");
  });
}

async function requireNothingAtStripe(customer: string): Promise<void> {
  const { subscriptions, invoices, checkout, paymentIntents, customers } =
    stripe();
  const of = { customer, limit: 100 } as const;
  const known = await customers.retrieve(customer);
  if (known.deleted) return;
  if (await some(subscriptions.list(of), ({ status }) => isLive(status)))
    throw new AppError("customer_has_plan");
  if (await some(invoices.list({ ...of, status: "open" })))
    throw new AppError("customer_has_invoice");
  if (await some(checkout.sessions.list({ ...of, status: "open" })))
    throw new AppError("customer_has_checkout");
  const waits = ({ status }: Stripe.PaymentIntent) => underWay.includes(status);
  if (await some(paymentIntents.list(of), waits))
    throw new AppError("customer_has_payment");
  if (known.balance !== 0) throw new AppError("customer_has_balance");
}

async function some<T>(
  list: AsyncIterable<T>,
  matches: (one: T) => boolean = () => true,
): Promise<boolean> {
  for await (const one of list) if (matches(one)) return true;
  return false;
}
