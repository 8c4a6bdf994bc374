import Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { productGroup } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { addEffect } from "@/lib/sync/effect";
import { syncPayment } from "@/lib/sync/payment";
import { idOf } from "@/lib/sync/reference";
import type { Subscription, SubscriptionItem } from "@/prisma/client/client";
import { cancelNow } from "./end-billing";

/** `withOrder`: something was bought once in the same checkout, and is handed over. */
type Plan = Subscription & { items: SubscriptionItem[]; withOrder: boolean };
type Doubled = { later: Plan; kept: Plan };

/**
 * Where two checkouts of ours in one product group were both paid, as in two tabs, the later subscription is
 * cancelled and its money goes back, and people are told. One made elsewhere, not paid, or bought with something else is for a person to judge.
 * Repeatable, also after a crash at any step: money first, because what is cancelled would not come back here.
 */
export async function undoDoubled(ctx: TenantContext): Promise<void> {
  for (const doubled of await listDoubled(ctx)) {
    const { later } = doubled;
    const refunded = await refundAll(ctx, later.id);
    await writeDown(ctx, doubled, refunded);
    await cancelNow(ctx, later.id);
  }
}

async function listDoubled({ tenantId }: TenantContext): Promise<Doubled[]> {
  const plans = await systemDb("doubled subscriptions", async (tx) => {
    const live = await tx.subscription.findMany({
      where: { tenantId, livemode: livemode(), status: "active" },
      include: { items: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    const among = (ids: (string | null)[]) => ({
      tenantId,
      id: { in: ids.filter((id) => id !== null) },
    });
    const intents = await tx.checkoutIntent.findMany({
      where: among(live.map((plan) => plan.intentId)),
    });
    const sessions = await tx.checkoutSession.findMany({
      where: { tenantId, subscriptionId: { in: live.map(({ id }) => id) } },
      include: { order: true },
    });
    const paid = await tx.invoice.findMany({
      where: {
        ...among(live.map((plan) => plan.latestInvoiceId)),
        status: "paid",
      },
    });
    const withOrder = new Set(
      sessions.flatMap((one) => (one.order ? one.subscriptionId : [])),
    );
    const paidTwice = live.filter(
      (plan) =>
        intents.some(({ id }) => id === plan.intentId) &&
        sessions.some(
          // Its own session, or the copy that Stripe made of an expired one of ours.
          ({ subscriptionId, intentId, recoveredFrom }) =>
            subscriptionId === plan.id && (intentId ?? recoveredFrom) !== null,
        ) &&
        paid.some(({ id }) => id === plan.latestInvoiceId),
    );
    return paidTwice.map((plan) => ({
      ...plan,
      withOrder: withOrder.has(plan.id),
    }));
  });
  return plans.flatMap((later, at) => {
    if (later.withOrder) return []; // its money paid for more than the plan
    const kept = plans.slice(0, at).find((other) => isSameGroup(other, later));
    return kept ? [{ later, kept }] : [];
  });
}

function isSameGroup(one: Plan, other: Plan): boolean {
  const groupsOf = ({ items }: Plan) =>
    items.map(({ productId }) => productGroup(productId));
  return groupsOf(one).some(
    (group) => group !== null && groupsOf(other).includes(group),
  );
}

/** Everything that was paid for it, in minor units of its currency. Twice is once. */
async function refundAll(ctx: TenantContext, id: string): Promise<bigint> {
  let refunded = 0n;
  const invoices = stripe().invoices.list({ subscription: id, limit: 100 });
  for await (const invoice of invoices) {
    const payments = stripe().invoicePayments.list({
      invoice: invoice.id,
      status: "paid",
      limit: 100,
    });
    for await (const { payment } of payments) {
      const intentId = idOf(payment.payment_intent);
      if (!intentId) continue; // paid elsewhere: there is nothing of ours to give back
      refunded += await refund(intentId, id);
      await syncPayment(intentId, ctx);
    }
  }
  return refunded;
}

/** What was not given back before, in minor units. */
async function refund(
  intentId: string,
  subscriptionId: string,
): Promise<bigint> {
  try {
    const { amount } = await stripe().refunds.create(
      {
        payment_intent: intentId,
        reason: "duplicate",
        metadata: { subscription_id: subscriptionId },
      },
      { idempotencyKey: `undo:${intentId}` },
    );
    return BigInt(amount);
  } catch (error) {
    const done =
      error instanceof Stripe.errors.StripeInvalidRequestError &&
      error.code === "charge_already_refunded";
    if (!done) throw error;
    return 0n;
  }
}

/** The mail's own key makes both happen once. */
async function writeDown(
  ctx: TenantContext,
  { later, kept }: Doubled,
  refunded: bigint,
): Promise<void> {
  const { tenantId } = ctx;
  const { id, customerId, currency } = later;
  const productsOf = ({ items }: Plan) => items.map((item) => item.productId);
  await systemDb("a doubled subscription is undone", async (tx) => {
    const isNew = await addEffect(tx, {
      tenantId,
      kind: "mail.doubled",
      cause: id,
      payload: {
        subscriptionId: id,
        customerId,
        productIds: productsOf(later),
        keptProductIds: productsOf(kept),
        refunded: String(refunded),
        currency,
      },
    });
    if (!isNew) return;
    const details = { kept: kept.id, refunded: String(refunded), currency };
    await recordAudit(tx, ctx, "subscription.undone", id, details);
  });
}
