import type Stripe from "stripe";
import { expect, test } from "vitest";
import { share } from "../../dev/stripe/money";
import {
  DAY,
  HOUR,
  beginOn,
  eventsSince,
  itemOf,
  latestInvoice,
  moveTo,
  replaceCard,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

const UNUSED = /^Unused time on Test Subscription after \d\d \w{3} \d{4}$/;
const REMAINING =
  /^Remaining time on Test Subscription after \d\d \w{3} \d{4}$/;

/** A month at $25, a year at $250, as in the recordings. */
async function plans({ stripe }: Bench) {
  const product = await stripe.products.create({
    name: "Test Subscription",
    unit_label: "user",
  });
  const price = (unit_amount: number, interval: "month" | "year") =>
    stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount,
      recurring: { interval },
    });
  return {
    month: await price(2500, "month"),
    year: await price(25000, "year"),
  };
}

function lines(invoice: Stripe.Invoice) {
  return invoice.lines.data.map(({ amount, description, parent }) => ({
    amount,
    description,
    proration: parent?.subscription_item_details?.proration,
  }));
}

test("a share is rounded half a cent away from zero, each on its own", () => {
  expect(share(1000, 2, 3)).toBe(667);
  expect(share(-1000, 2, 3)).toBe(-667);
  expect(share(1000, 1, 3)).toBe(333);
  expect(share(5, 1, 2)).toBe(3);
  expect(share(-5, 1, 2)).toBe(-3);
  expect(share(99_999_999_999, 31_535_999, 31_536_000)).toBe(99_999_996_828);
});

test("an upgrade from month to year bills the difference at once and keeps the anchor", async () => {
  const bench = await emulate();
  const { month, year } = await plans(bench);
  const before = await subscribe(bench, { items: [{ price: month.id }] });
  const item = itemOf(before);
  await bench.advance(4);
  const { now } = (await bench.state()).clock;
  const news = eventsSince(bench);
  await news();
  const after = await bench.stripe.subscriptions.update(before.id, {
    items: [{ id: item.id, price: year.id }],
    proration_behavior: "always_invoice",
  });
  const invoice = await latestInvoice(bench, before.id);
  expect(lines(invoice)).toEqual([
    {
      amount: -2500,
      description: expect.stringMatching(UNUSED) as string,
      proration: true,
    },
    {
      amount: 25000,
      description: expect.stringMatching(REMAINING) as string,
      proration: true,
    },
  ]);
  expect(invoice).toMatchObject({
    billing_reason: "subscription_update",
    status: "paid",
    total: 22500,
    amount_paid: 22500,
    attempt_count: 1,
    number: expect.stringMatching(/-0002$/) as string,
    period_start: item.current_period_start,
  });
  const nextYear = new Date(before.billing_cycle_anchor * 1000);
  nextYear.setUTCFullYear(nextYear.getUTCFullYear() + 1);
  expect(after.billing_cycle_anchor).toBe(before.billing_cycle_anchor);
  expect(itemOf(after)).toMatchObject({
    id: item.id,
    current_period_start: item.current_period_start,
    current_period_end: nextYear.getTime() / 1000,
    quantity: 1,
  });
  const [credit, charge] = invoice.lines.data;
  expect(credit?.period.end).toBe(item.current_period_end);
  expect(charge?.period.end).toBe(nextYear.getTime() / 1000);
  expect(credit?.period.start).toBeGreaterThanOrEqual(now);
  expect(
    credit?.parent?.subscription_item_details?.proration_details?.credited_items
      ?.invoice,
  ).toBe(idOf(before.latest_invoice));
  expect((await news()).toSorted()).toEqual(
    [
      "charge.succeeded",
      "customer.subscription.updated",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice.updated",
      "invoice_payment.paid",
      "invoiceitem.created",
      "invoiceitem.created",
      "payment_intent.created",
      "payment_intent.succeeded",
    ].toSorted(),
  );
});

test("the same with the anchor moved to now bills a whole new period", async () => {
  const bench = await emulate();
  const { month, year } = await plans(bench);
  const before = await subscribe(bench, { items: [{ price: month.id }] });
  await bench.advance(4);
  const after = await bench.stripe.subscriptions.update(before.id, {
    items: [{ id: itemOf(before).id, price: year.id }],
    proration_behavior: "always_invoice",
    billing_cycle_anchor: { type: "now" },
  });
  const invoice = await latestInvoice(bench, before.id);
  expect(lines(invoice)).toEqual([
    {
      amount: -2500,
      description: expect.stringMatching(UNUSED) as string,
      proration: true,
    },
    {
      amount: 25000,
      description: "1 user × Test Subscription (at $250.00 / year)",
      proration: false,
    },
  ]);
  const t = after.billing_cycle_anchor;
  expect(t).toBeGreaterThanOrEqual(before.billing_cycle_anchor + 4);
  expect(itemOf(after).current_period_start).toBe(t);
  expect(invoice).toMatchObject({ total: 22500, period_end: t });
});

test("halfway from 50 to 100 the next invoice is 125 in total", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-04-01T00:00:00Z");
  const small = await recurringPrice(bench, { unit_amount: 5000 });
  const big = await recurringPrice(bench, { unit_amount: 10000 });
  const { id, items } = await subscribe(bench, {
    items: [{ price: small.id }],
  });
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const { current_period_start: start, current_period_end: end } = item;
  const news = eventsSince(bench);
  await news();
  await bench.stripe.subscriptions.update(id, {
    items: [{ id: item.id, price: big.id }],
    proration_date: (start + end) / 2,
  });
  expect(await news()).toEqual([
    "invoiceitem.created",
    "invoiceitem.created",
    "customer.subscription.updated",
  ]);
  const pending = await bench.stripe.invoiceItems.list({ pending: true });
  expect(
    pending.data.map(({ amount }) => amount).toSorted((a, b) => a - b),
  ).toEqual([-2500, 5000]);
  await moveTo(bench, end + HOUR);
  expect(await latestInvoice(bench, id)).toMatchObject({
    total: 12500,
    amount_paid: 12500,
    status: "paid",
  });
});

test("a second change credits what the first one charged, to the cent", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-04-01T00:00:00Z");
  const price = await recurringPrice(bench, { unit_amount: 1000 });
  const { id, items } = await subscribe(bench, {
    items: [{ price: price.id }],
  });
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const third = (item.current_period_end - item.current_period_start) / 3;
  const change = (quantity: number, n: number) =>
    bench.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity }],
      proration_date: item.current_period_start + third * n,
    });
  await change(3, 1);
  await change(1, 2);
  const pending = await bench.stripe.invoiceItems.list({ pending: true });
  expect(
    pending.data.map((one) => [one.amount, one.description?.slice(0, 22)]),
  ).toEqual([
    [333, "Remaining time on Pro "],
    [-1000, "Unused time on 3 × Pro"],
    [2000, "Remaining time on 3 × "],
    [-667, "Unused time on Pro aft"],
  ]);
});

test("a downgrade billed at once becomes credit that the next invoices use up", async () => {
  const bench = await emulate();
  const big = await recurringPrice(bench, { unit_amount: 10000 });
  const small = await recurringPrice(bench, { unit_amount: 1000 });
  const { id, items, customer } = await subscribe(bench, {
    items: [{ price: big.id }],
  });
  const item = items.data[0];
  if (!item) throw new Error("no item");
  await bench.stripe.subscriptions.update(id, {
    items: [{ id: item.id, price: small.id }],
    proration_behavior: "always_invoice",
    proration_date: item.current_period_start,
  });
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    total: -9000,
    amount_due: 0,
    attempt_count: 0,
    starting_balance: 0,
    ending_balance: -9000,
  });
  await moveTo(bench, item.current_period_end + HOUR);
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    total: 1000,
    amount_due: 0,
    ending_balance: -8000,
  });
  expect(await bench.stripe.customers.retrieve(idOf(customer))).toMatchObject({
    balance: -8000,
  });
});

test("without proration the change costs nothing until the next period", async () => {
  const bench = await emulate();
  const { id, items } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  await bench.stripe.subscriptions.update(id, {
    items: [{ id: item.id, quantity: 3 }],
    proration_behavior: "none",
  });
  await moveTo(bench, item.current_period_end + HOUR);
  const invoice = await latestInvoice(bench, id);
  expect(lines(invoice)).toEqual([
    {
      amount: 8700,
      description: "3 seat × Pro (at $29.00 / month)",
      proration: false,
    },
  ]);
});

test("items are added and removed with their share of the period", async () => {
  const bench = await emulate();
  const { id, items } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const extra = await recurringPrice(bench, { unit_amount: 3000 });
  const half = (item.current_period_start + item.current_period_end) / 2;
  const both = await bench.stripe.subscriptions.update(id, {
    items: [{ price: extra.id }],
    proration_date: half,
  });
  expect(both.items.data).toHaveLength(2);
  await bench.stripe.subscriptions.update(id, {
    items: [{ id: item.id, deleted: true }],
    proration_date: half,
  });
  const pending = await bench.stripe.invoiceItems.list({ pending: true });
  expect(pending.data.map(({ amount }) => amount)).toEqual([-1450, 1500]);
  await expect(
    bench.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 2 }],
    }),
  ).rejects.toMatchObject({ code: "resource_missing", statusCode: 400 });
});

test("a card that refuses the difference keeps the change and makes the subscription past due", async () => {
  const bench = await emulate();
  const { id, items, customer } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  await replaceCard(bench.stripe, idOf(customer), "pm_card_chargeCustomerFail");
  const change = (
    payment_behavior: "allow_incomplete" | "error_if_incomplete",
  ) =>
    bench.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 5 }],
      proration_behavior: "always_invoice",
      payment_behavior,
    });
  await expect(change("error_if_incomplete")).rejects.toMatchObject({
    statusCode: 402,
  });
  const untouched = await bench.stripe.subscriptions.retrieve(id);
  expect(untouched).toMatchObject({ status: "active", quantity: 1 });
  expect(
    (await bench.stripe.invoices.list({ subscription: id })).data,
  ).toHaveLength(1);
  expect(await change("allow_incomplete")).toMatchObject({
    status: "past_due",
    quantity: 5,
  });
});

test("a pending change happens once its invoice is paid, and never if it is not", async () => {
  const bench = await emulate();
  const { id, items, customer } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const change = () =>
    bench.stripe.subscriptions.update(id, {
      items: [{ id: item.id, quantity: 5 }],
      proration_behavior: "always_invoice",
      payment_behavior: "pending_if_incomplete",
    });
  await replaceCard(bench.stripe, idOf(customer), "pm_card_chargeCustomerFail");
  const waiting = await change();
  expect(waiting).toMatchObject({ status: "active", quantity: 1 });
  expect(waiting.pending_update?.subscription_items?.[0]?.quantity).toBe(5);
  await bench.advance(23 * HOUR);
  const dropped = await bench.stripe.subscriptions.retrieve(id);
  expect(dropped).toMatchObject({ quantity: 1, pending_update: null });
  expect((await latestInvoice(bench, id)).status).toBe("void");
  await expect(
    bench.stripe.subscriptions.update(id, {
      description: "not now",
      payment_behavior: "pending_if_incomplete",
    }),
  ).rejects.toMatchObject({ statusCode: 400, param: "description" });
  const calledOff = await change();
  await bench.stripe.invoices.voidInvoice(idOf(calledOff.latest_invoice));
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    quantity: 1,
    pending_update: null,
  });
  const again = await change();
  await replaceCard(bench.stripe, idOf(customer), "pm_card_visa");
  await bench.stripe.invoices.pay(idOf(again.latest_invoice));
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "active",
    quantity: 5,
    pending_update: null,
  });
  await bench.advance(DAY);
  expect((await latestInvoice(bench, id)).status).toBe("paid");
});
