import type Stripe from "stripe";
import { fromUnix } from "@/lib/platform/time";

type Billed = Pick<
  Stripe.Subscription,
  "status" | "pause_collection" | "currency" | "items" | "discounts"
>;

/** What is earned by month: also while a renewal is being tried again, not before a trial has ended. */
const counted: readonly string[] = ["active", "past_due"];

/** How often a year has each; a month is a twelfth of it. */
const timesAYear: Readonly<Record<string, number>> = {
  day: 365,
  week: 52,
  month: 12,
  year: 1,
};

/**
 * What a subscription brings in a month, in minor units, rounded once, half up: licensed prices after discounts that
 * last, before tax. Tiers, meters, prices in fractions of a minor unit, and discounts of the customer, a single item
 * or a single invoice count nothing. Takes one whose discounts and their coupons are expanded.
 */
export function monthlyAmount(subscription: Billed, at: Date): bigint {
  const { status, pause_collection: paused, items, currency } = subscription;
  if (!counted.includes(status) || paused) return 0n;
  let month = items.data.map(itemMonth).reduce(plus, [0n, 1n]);
  for (const coupon of lasting(subscription.discounts, at)) {
    const { percent_off: percent, amount_off: amount } = coupon;
    if (percent !== null) month = times(month, percentLeft(percent));
    else if (amount !== null && coupon.currency === currency)
      month = plus(month, byMonth(-amount, items.data[0]?.price.recurring));
  }
  return rounded(month);
}

type Fraction = readonly [over: bigint, under: bigint];

function itemMonth({ price, quantity }: Stripe.SubscriptionItem): Fraction {
  return byMonth((price.unit_amount ?? 0) * (quantity ?? 0), price.recurring);
}

function byMonth(
  amount: number,
  recurring: Stripe.Price.Recurring | null | undefined,
): Fraction {
  const often = timesAYear[recurring?.interval ?? ""] ?? 0;
  const every = recurring?.interval_count ?? 1;
  return [BigInt(amount) * BigInt(often), BigInt(12 * every)];
}

/** Stripe allows two decimals. */
function percentLeft(percent: number): Fraction {
  return [10_000n - BigInt(Math.round(percent * 100)), 10_000n];
}

function lasting(
  discounts: Billed["discounts"],
  at: Date,
): readonly Stripe.Coupon[] {
  return discounts.flatMap((discount) => {
    if (typeof discount === "string") return [];
    const { coupon } = discount.source;
    if (typeof coupon !== "object" || coupon?.duration === "once") return [];
    const over = discount.end !== null && fromUnix(discount.end) <= at;
    return coupon && !over ? [coupon] : [];
  });
}

function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * d + c * b, b * d];
}

function times([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return [a * c, b * d];
}

/** No discount pays the buyer. */
function rounded([over, under]: Fraction): bigint {
  return over < 0n ? 0n : (2n * over + under) / (2n * under);
}
