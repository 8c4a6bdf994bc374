import { periodAt } from "../calendar";
import type { Context } from "../context";
import { share } from "../money";
import type { Price, Subscription, SubscriptionItem } from "../objects";
import type { Debit } from "../records";
import { discountAmounts } from "./discounts";
import { discountsInForce } from "./invoice-draft";
import type { ItemOrder } from "./pending-items";
import { priceAmount } from "./price-amount";

/** How often a price of a subscription is charged. */
export function everyOf(price: Price) {
  if (!price.recurring) throw new Error(`${price.id} does not recur`);
  return price.recurring;
}

/** Gives back what the rest of the running period was charged with. */
export function credit(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
): ItemOrder[] {
  const debit = ctx.store.get("debit", item.id);
  if (!debit || debit.end <= at) return [];
  const amount = -share(debit.amount, debit.end - at, debit.end - debit.start);
  const credited = creditedItems(debit);
  return [
    {
      ...proration(ctx, subscription, item, {
        amount,
        says: "Unused time",
        period: { start: at, end: debit.end },
        quantity: debit.quantity,
      }),
      proration_details: { credited_items: credited, discount_amounts: [] },
    },
  ];
}

/** The credit for all that a subscription has been charged with beyond a moment. */
export function unusedTime(
  ctx: Context,
  subscription: Subscription,
  at: number,
): ItemOrder[] {
  return subscription.items.data.flatMap((item) =>
    credit(ctx, subscription, item, at),
  );
}

function creditedItems({ on }: Debit) {
  return "invoice_item" in on
    ? { invoice_item: on.invoice_item, type: "invoice_item" as const }
    : {
        invoice_line_item_details: {
          invoice: on.invoice,
          invoice_line_items: [on.line],
        },
        type: "invoice_line_items" as const,
      };
}

/** Charges what remains of the period the item is in now. */
export function charge(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
): ItemOrder[] {
  if (item.current_period_end <= at) return [];
  const { billing_cycle_anchor: anchor } = subscription;
  const whole = periodAt(anchor, everyOf(item.price), at);
  const full = netPrice(ctx, subscription, item);
  const amount = share(full, whole.end - at, whole.end - whole.start);
  return [
    proration(ctx, subscription, item, {
      amount,
      says: "Remaining time",
      period: { start: at, end: whole.end },
      quantity: item.quantity,
    }),
  ];
}

/** Prorations are net of discounts, as `proration_discounts: included` says. */
function netPrice(
  ctx: Context,
  subscription: Subscription,
  { price, quantity }: SubscriptionItem,
): number {
  const amount = priceAmount(ctx, price, quantity);
  const ids = discountsInForce(ctx, subscription);
  const { currency, product } = price;
  const [cuts = []] = discountAmounts(ctx, ids, [
    { amount, currency, product },
  ]);
  return cuts.reduce((left, cut) => left - cut.amount, amount);
}

function proration(
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
  given: {
    amount: number;
    says: string;
    period: { start: number; end: number };
    quantity: number;
  },
): ItemOrder {
  const { price } = item;
  const name = ctx.store.get("product", price.product)?.name ?? price.product;
  const times = given.quantity > 1 ? `${given.quantity} × ` : "";
  return {
    amount: given.amount,
    currency: price.currency,
    customer: subscription.customer,
    description: `${given.says} on ${times}${name} after ${day(given.period.start)}`,
    discountable: false,
    parent: {
      subscription_details: {
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_details",
    },
    period: given.period,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    },
    proration: true,
    quantity: given.quantity,
    test_clock: subscription.test_clock,
  };
}

function day(moment: number): string {
  const [, date = "", month = "", year = ""] = new Date(moment * 1000)
    .toUTCString()
    .split(" ");
  return `${date} ${month} ${year}`;
}
