import type Stripe from "stripe";
import { isLive } from "@/lib/entitlements/resolve";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { syncCustomer } from "@/lib/sync/customer";
import { isDeletedAtStripe } from "./change-customer";
import { requireCustomer } from "./customer";
import { retireCustomer } from "./customers";
import { runCommand } from "./subscription-command";

/** Money that may still arrive or go. */
const underWay = ["processing", "requires_action", "requires_capture"];

/**
 * Deletes the tenant's customer at Stripe, with its saved cards; our rows of it stay. The next purchase makes a
 * new one. Refused while anything could still be charged, by our rows or by Stripe's, which may know more:
 * throws customer_has_plan, …_invoice, …_checkout, …_payment or …_balance, not_found for another's, and what
 * runCommand throws: what could not be looked up is not taken for absent. Its id is the key of this wish, since no
 * customer comes back: asked for again, it ends in the same. Repeatable.
 */
export async function deleteCustomer(
  ctx: TenantContext,
  id: string,
): Promise<void> {
  const kind = "customer.deleted";
  try {
    await runCommand(
      ctx,
      { subject: id, kind, requestKey: id, fingerprint: id },
      async (run) => {
        await run.params(() => requireThere(ctx, id));
        if (!(await isDeletedAtStripe(id))) {
          await requireNothingLive(ctx, id);
          await requireNothingAtStripe(id);
          await deleteAtStripe(id);
        }
        await settle(ctx, id);
        return {};
      },
    );
  } catch (error) {
    if (error instanceof AppError && error.code === "customer_gone") return;
    throw error;
  }
}

/** Of the first try alone: after a lost answer it may be gone, and that is what was wanted. */
async function requireThere(
  ctx: TenantContext,
  id: string,
): Promise<{ id: string }> {
  await requireCustomer(ctx, id);
  if (!(await isDeletedAtStripe(id))) return { id };
  await settle(ctx, id);
  throw new AppError("customer_gone");
}

async function deleteAtStripe(id: string): Promise<void> {
  try {
    await stripe().customers.del(id);
  } catch (error) {
    if (!isMissing(error)) throw error; // the same wish, sent twice at once
  }
}

async function settle(ctx: TenantContext, id: string): Promise<void> {
  await retireCustomer(ctx, id);
  await syncCustomer(id, ctx);
}

async function requireNothingLive(
  { tenantId }: TenantContext,
  customerId: string,
): Promise<void> {
  const own = { tenantId, customerId };
  const open = { tenantId, livemode: livemode(), closedAt: null };
  await tenantDb({ tenantId }, async (tx) => {
    const subscriptions = await tx.subscription.findMany({ where: own });
    if (subscriptions.some(({ status }) => isLive(status)))
      throw new AppError("customer_has_plan");
    if (await tx.invoice.count({ where: { ...own, status: "open" } }))
      throw new AppError("customer_has_invoice");
    if (await tx.checkoutIntent.count({ where: open }))
      throw new AppError("customer_has_checkout");
    if (await tx.payment.count({ where: { ...own, status: { in: underWay } } }))
      throw new AppError("customer_has_payment");
    if (await tx.chargeIntent.count({ where: { ...open, byStaff: true } }))
      throw new AppError("customer_has_payment");
    const { balance } = await tx.customer.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: customerId } },
    });
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
