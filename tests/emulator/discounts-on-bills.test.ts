import { expect, test } from "vitest";
import { DAY, HOUR, itemOf, latestInvoice, moveTo, subscribe } from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

async function tenPercent(bench: Bench, given = {}) {
  const coupon = await bench.stripe.coupons.create({
    percent_off: 10,
    duration: "forever",
    ...given,
  });
  const price = await recurringPrice(bench, { unit_amount: 2500 });
  return { discounts: [{ coupon: coupon.id }], items: [{ price: price.id }] };
}

/** The totals of a subscription's invoices, oldest first. */
async function totals({ stripe }: Bench, subscription: string) {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 });
  return data.map(({ total }) => total).toReversed();
}

test("ten percent of 25.00 leaves 22.50 due while the line keeps its amount", async () => {
  const bench = await emulate();
  const { id } = await subscribe(bench, await tenPercent(bench));
  const invoice = await latestInvoice(bench, id);
  expect(invoice).toMatchObject({
    subtotal: 2500,
    total: 2250,
    amount_due: 2250,
    amount_paid: 2250,
    total_discount_amounts: [{ amount: 250 }],
  });
  expect(invoice.lines.data[0]).toMatchObject({
    amount: 2500,
    discount_amounts: [{ amount: 250, discount: idOf(invoice.discounts[0]) }],
  });
});

test("once, for three months and forever reduce as many invoices as they say", async () => {
  const bench = await emulate();
  const of = async (given: object) =>
    (await subscribe(bench, await tenPercent(bench, given))).id;
  const once = await of({ duration: "once" });
  const months = await of({ duration: "repeating", duration_in_months: 3 });
  const forever = await of({ duration: "forever" });
  await bench.advance(125 * DAY);
  expect(await totals(bench, once)).toEqual([2250, 2500, 2500, 2500, 2500]);
  expect(await totals(bench, months)).toEqual([2250, 2250, 2250, 2500, 2500]);
  expect(await totals(bench, forever)).toEqual(Array(5).fill(2250));
});

test("a fixed amount is spread over the lines, the rest on the last", async () => {
  const bench = await emulate();
  const coupon = await bench.stripe.coupons.create({
    amount_off: 500,
    currency: "usd",
    duration: "forever",
  });
  const one = await recurringPrice(bench, { unit_amount: 1000 });
  const two = await recurringPrice(bench, { unit_amount: 2000 });
  const { id } = await subscribe(bench, {
    items: [{ price: one.id }, { price: two.id }],
    discounts: [{ coupon: coupon.id }],
  });
  const invoice = await latestInvoice(bench, id);
  const cuts = invoice.lines.data.map(
    ({ discount_amounts: cut }) => cut?.[0]?.amount,
  );
  expect(cuts).toEqual([166, 334]);
  expect(invoice.total).toBe(2500);
});

test("an upgrade gives back what was paid after the discount and charges net as well", async () => {
  const bench = await emulate();
  const subscription = await subscribe(bench, await tenPercent(bench));
  const item = itemOf(subscription);
  await bench.stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, quantity: 2 }],
    proration_behavior: "always_invoice",
    proration_date: item.current_period_start,
  });
  const invoice = await latestInvoice(bench, subscription.id);
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-2250, 4500]);
  expect(invoice).toMatchObject({ total: 2250, amount_paid: 2250 });
});

test("discounts are replaced and taken away, and from then on no longer reduce", async () => {
  const bench = await emulate();
  const given = await tenPercent(bench);
  const { id } = await subscribe(bench, { items: given.items });
  const reduced = await bench.stripe.subscriptions.update(id, {
    discounts: given.discounts,
  });
  expect(reduced.discounts).toHaveLength(1);
  const end = itemOf(reduced).current_period_end;
  await moveTo(bench, end + HOUR);
  await bench.stripe.subscriptions.deleteDiscount(id);
  await bench.advance(32 * DAY);
  expect(await totals(bench, id)).toEqual([2500, 2250, 2500]);
});
