import fc from "fast-check";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { monthlyAmount } from "@/lib/sync/monthly-amount";

type Interval = "day" | "week" | "month" | "year";

const now = new Date("2026-03-01T00:00:00Z");

const item = (
  unit_amount: number | null,
  interval: Interval,
  {
    every = 1,
    quantity = 1,
  }: { every?: number; quantity?: number | null } = {},
) => ({
  quantity: quantity ?? undefined,
  price: { unit_amount, recurring: { interval, interval_count: every } },
});

const coupon = (terms: object, end: number | null = null) => ({
  end,
  source: {
    coupon: {
      duration: "forever",
      percent_off: null,
      amount_off: null,
      currency: null,
      ...terms,
    },
  },
});

/** The few fields that count, as Stripe gives them. */
const of = (
  items: readonly object[],
  {
    status = "active",
    discounts = [] as object[],
    pause = null as object | null,
  } = {},
) =>
  monthlyAmount(
    {
      status,
      pause_collection: pause,
      currency: "usd",
      discounts,
      items: { data: items },
    } as unknown as Stripe.Subscription,
    now,
  );

describe("what a subscription brings in a month", () => {
  it.each<[string, object[], bigint]>([
    ["29.00 a month is 29.00", [item(2900, "month")], 2900n],
    ["290.00 a year is 24.17, rounded half up", [item(29000, "year")], 2417n],
    ["a half is rounded up: 0.06 a year is 0.01", [item(6, "year")], 1n],
    ["just less than a half is rounded down", [item(5, "year")], 0n],
    [
      "every three months is a third",
      [item(3000, "month", { every: 3 })],
      1000n,
    ],
    ["10.00 a week is 43.33", [item(1000, "week")], 4333n],
    ["1.00 a day is 30.42", [item(100, "day")], 3042n],
    ["seats are counted", [item(900, "month", { quantity: 7 })], 6300n],
    [
      "items are added before they are rounded: twice 24.1666",
      [item(29000, "year"), item(29000, "year")],
      4833n,
    ],
    [
      "tiers and meters count nothing",
      [item(null, "month", { quantity: null })],
      0n,
    ],
    [
      "nor does a meter with a price",
      [item(5, "month", { quantity: null })],
      0n,
    ],
  ])("%s", (_, items, amount) => {
    expect(of(items)).toBe(amount);
  });

  it.each<[string, bigint]>([
    ["active", 2900n],
    ["past_due", 2900n],
    ["trialing", 0n],
    ["incomplete", 0n],
    ["unpaid", 0n],
    ["paused", 0n],
    ["canceled", 0n],
  ])("counts while %s: %s", (status, amount) => {
    expect(of([item(2900, "month")], { status })).toBe(amount);
  });

  it("counts nothing while its invoices are not collected", () => {
    const pause = { behavior: "void", resumes_at: null };
    expect(of([item(2900, "month")], { pause })).toBe(0n);
  });

  it.each<[string, object, bigint]>([
    ["20% for good", coupon({ percent_off: 20 }), 7920n],
    ["12.5%, to the cent", coupon({ percent_off: 12.5 }), 8663n],
    [
      "15.00 off, in its currency",
      coupon({ amount_off: 1500, currency: "usd" }),
      8400n,
    ],
    [
      "an amount of another currency",
      coupon({ amount_off: 1500, currency: "eur" }),
      9900n,
    ],
    [
      "more than it costs, which pays nobody",
      coupon({ amount_off: 99000, currency: "usd" }),
      0n,
    ],
    ["one invoice alone", coupon({ duration: "once", percent_off: 20 }), 9900n],
    [
      "some months that are over",
      coupon({ duration: "repeating", percent_off: 20 }, now.getTime() / 1000),
      9900n,
    ],
    [
      "some months that are not over",
      coupon(
        { duration: "repeating", percent_off: 20 },
        now.getTime() / 1000 + 1,
      ),
      7920n,
    ],
  ])("takes off what lasts: %s", (_, discount, amount) => {
    expect(of([item(9900, "month")], { discounts: [discount] })).toBe(amount);
  });

  it("is off by half a cent at most, for any price", () => {
    const times = { day: 365 / 12, week: 52 / 12, month: 1, year: 1 / 12 };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom<Interval>("day", "week", "month", "year"),
        fc.integer({ min: 1, max: 12 }),
        (amount, interval, every) => {
          const exact = (amount * times[interval]) / every;
          const counted = Number(of([item(amount, interval, { every })]));
          expect(Math.abs(counted - exact)).toBeLessThanOrEqual(0.5001);
        },
      ),
    );
  });
});
