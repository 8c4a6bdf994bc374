import type Stripe from "stripe";
import type { Prisma } from "@/lib/platform/db";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { toCardColumn } from "./card";
import { idOf } from "./reference";
import { toWaits } from "./subscription-waits";

export function toRow(subscription: Stripe.Subscription) {
  return {
    customerId: idOf(subscription.customer) ?? "",
    livemode: subscription.livemode,
    status: subscription.status,
    currency: subscription.currency,
    collectionMethod: subscription.collection_method,
    cancelAt: fromUnixOrNull(subscription.cancel_at),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    canceledAt: fromUnixOrNull(subscription.canceled_at),
    endedAt: fromUnixOrNull(subscription.ended_at),
    trialEnd: fromUnixOrNull(subscription.trial_end),
    defaultPaymentMethod: idOf(subscription.default_payment_method),
    card: toCardColumn(subscription.default_payment_method),
    discounted: subscription.discounts.length > 0,
    taxed: isTaxed(subscription),
    ...toWaits(subscription),
    latestInvoiceId: idOf(subscription.latest_invoice),
    intentId: subscription.metadata.intent_id ?? null,
    startedAt: fromUnix(subscription.start_date),
    createdAt: fromUnix(subscription.created),
  } satisfies Omit<Prisma.SubscriptionUncheckedCreateInput, "tenantId" | "id">;
}

function isTaxed({
  automatic_tax: automatic,
  default_tax_rates: rates,
  items,
}: Stripe.Subscription): boolean {
  return (
    automatic.enabled ||
    (rates ?? []).length > 0 ||
    items.data.some(({ tax_rates }) => (tax_rates ?? []).length > 0)
  );
}

export function toItemRow(item: Stripe.SubscriptionItem) {
  return {
    id: item.id,
    priceId: item.price.id,
    productId: idOf(item.price.product) ?? "",
    quantity: item.quantity ?? null,
    unitAmount:
      item.price.unit_amount === null ? null : BigInt(item.price.unit_amount),
    interval: item.price.recurring?.interval ?? null,
    intervalCount: item.price.recurring?.interval_count ?? null,
    currentPeriodStart: fromUnix(item.current_period_start),
    currentPeriodEnd: fromUnix(item.current_period_end),
  };
}
