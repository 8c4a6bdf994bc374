import Stripe from "stripe";
import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { quantityFor } from "@/lib/entitlements/seat-count";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { line } from "@/lib/platform/text";
import { toUnix } from "@/lib/platform/time";
import { syncInvoice } from "@/lib/sync/invoice";
import { idOf } from "@/lib/sync/reference";
import { syncSubscription } from "@/lib/sync/subscription";
import {
  requireNoLiveSubscription,
  requireNoneAtStripe,
} from "./live-subscription";
import { collect } from "./pay-invoice";
import { retireSession } from "./retire-session";
import { requireSale, saleLines, type Sale } from "./sale";
import { requireOwnMethod } from "./payment-methods";
import { runCommand } from "./subscription-command";

export const createRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  priceId: line(255),
  /** One of the tenant's own saved cards; without it the customer's default. */
  paymentMethodId: line(255).optional(),
  /** The day of the month on which it renews; until then the first period is charged in proportion. */
  dayOfMonth: z.int().min(1).max(31).optional(),
  requestKey: line(255).optional(),
});

/** What only staff may grant: each of these is worth money. */
export type Terms = {
  trialDays?: number | undefined;
  /** `none`: nothing is charged before the anchor. */
  prorationBehavior?: "create_prorations" | "none" | undefined;
  /** When the first whole period begins. */
  billingCycleAnchor?: Date | undefined;
};

export type PlanBegun = {
  state: "running" | "payment_needed";
  subscriptionId: string;
  invoiceId: string | null;
};

type Wish = Omit<z.infer<typeof createRequest>, "tenantId" | "requestKey"> & {
  terms?: Terms;
};

/**
 * Begins a plan on a saved card, without Checkout. It is incomplete, and grants nothing, until its first
 * invoice is paid; that is tried at once. An open checkout for the same is ended first. Throws already_subscribed,
 * unknown_price, validation, no_customer, payment_method_missing, not_found, and what runCommand throws.
 */
export async function createSubscription(
  ctx: TenantContext,
  wish: Wish,
  requestKey: string | null,
): Promise<PlanBegun> {
  const sale = await requireSale(ctx, [{ priceId: wish.priceId }]);
  if (sale.mode !== "subscription")
    throw new AppError("unknown_price", { param: "priceId" });
  const fingerprint = JSON.stringify(wish);
  const subject = `new:${sale.group}`;
  return runCommand(
    ctx,
    { subject, kind: "plan.began", requestKey, fingerprint },
    async (run) => {
      const params = await run.params(() => decide(ctx, wish, sale));
      const made = await create(params, run.key("create"));
      const { id, status } = made;
      await syncSubscription(id, ctx);
      const invoiceId = idOf(made.latest_invoice);
      if (invoiceId) await syncInvoice(invoiceId, ctx);
      if (status !== "incomplete" || !invoiceId)
        return { state: "running", subscriptionId: id, invoiceId: null };
      // A declined card leaves the plan waiting for another one: that is no refusal of the plan.
      const key = run.key("pay");
      const { state } = await collect(ctx, { invoiceId, key });
      return state === "paid"
        ? { state: "running", subscriptionId: id, invoiceId: null }
        : { state: "payment_needed", subscriptionId: id, invoiceId };
    },
  );
}

/** A first day that Stripe does not take is said at its field. */
async function create(
  params: Stripe.SubscriptionCreateParams,
  key: { idempotencyKey: string },
): Promise<Stripe.Subscription> {
  try {
    return await stripe().subscriptions.create(params, key);
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeInvalidRequestError &&
      error.param === "billing_cycle_anchor"
    )
      throw new AppError("validation", {
        param: "billingCycleAnchor",
        cause: error,
      });
    throw error;
  }
}

async function decide(
  ctx: TenantContext,
  wish: Wish,
  sale: Sale,
): Promise<Stripe.SubscriptionCreateParams> {
  const { group, recurringGroups: groups } = sale;
  await requireNoLiveSubscription(ctx, groups);
  const customer = await requireCustomer(ctx);
  if (wish.paymentMethodId) await requireOwnMethod(ctx, wish.paymentMethodId);
  const method = wish.paymentMethodId ?? customer.defaultMethod;
  if (!method) throw new AppError("payment_method_missing");
  await endCheckouts(ctx, group);
  await requireNoneAtStripe(ctx, customer.id, groups);
  const [line] = await saleLines(sale);
  const [item] = sale.items;
  if (!item || !line) throw new Error("a sale of nothing");
  // What staff offered becomes a price at Stripe only when it is sold, by Checkout.
  if (!("price" in line))
    throw new AppError("unknown_price", { param: "priceId" });
  return subscriptionParams({
    tenantId: ctx.tenantId,
    requestId: ctx.cause,
    customerId: customer.id,
    method,
    price: line.price,
    quantity: await quantityFor(ctx.tenantId, item.price),
    dayOfMonth: wish.dayOfMonth,
    terms: wish.terms ?? {},
  });
}

/** What Stripe is asked for; pure. */
export function subscriptionParams(input: {
  tenantId: string;
  requestId: string;
  customerId: string;
  method: string;
  price: string;
  quantity: number;
  dayOfMonth: number | undefined;
  terms: Terms;
}): Stripe.SubscriptionCreateParams {
  const { trialDays, prorationBehavior, billingCycleAnchor } = input.terms;
  return {
    customer: input.customerId,
    items: [{ price: input.price, quantity: input.quantity }],
    default_payment_method: input.method,
    // Nothing is granted before the first payment; the default would call a trial without a card running.
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    billing_mode: { type: "flexible" },
    metadata: { tenant_id: input.tenantId, request_id: input.requestId },
    ...(trialDays && { trial_period_days: trialDays }),
    ...(trialDays && {
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    }),
    ...(prorationBehavior && { proration_behavior: prorationBehavior }),
    ...(billingCycleAnchor && {
      billing_cycle_anchor: toUnix(billingCycleAnchor),
    }),
    ...(input.dayOfMonth && {
      billing_cycle_anchor_config: { day_of_month: input.dayOfMonth },
    }),
  };
}

async function requireCustomer({ tenantId }: TenantContext) {
  const customer = await tenantDb({ tenantId }, async (tx) => {
    const open = await tx.customerIntent.findFirst({
      where: { tenantId, livemode: livemode(), closedAt: null },
    });
    const id = open?.stripeId;
    return id
      ? tx.customer.findUnique({ where: { tenantId_id: { tenantId, id } } })
      : null;
  });
  if (!customer || customer.deleted) throw new AppError("no_customer");
  return customer;
}

/** So that nobody pays for the same plan there as well (hazard 46). */
async function endCheckouts(ctx: TenantContext, group: string): Promise<void> {
  const open = await tenantDb(ctx, (tx) =>
    tx.checkoutIntent.findMany({
      where: {
        tenantId: ctx.tenantId,
        livemode: livemode(),
        productGroup: group,
        closedAt: null,
      },
      include: { session: true },
    }),
  );
  for (const { session, ...intent } of open) {
    // Somebody is opening it at this moment.
    if (!session) throw new AppError("checkout_in_progress");
    if (session.status === "open") await retireSession(ctx, intent, session.id);
  }
}
