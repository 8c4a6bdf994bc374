import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  HOUR,
  beginOn,
  customerWithCard,
  itemOf,
  latestInvoice,
  moveTo,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice } from "./support";

function bill(invoice: Stripe.Invoice) {
  return {
    total: invoice.total,
    due: invoice.amount_due,
    lines: invoice.lines.data.map(({ amount, description, period }) => ({
      amount,
      description,
      period,
    })),
  };
}

test("a preview of a change at once is the invoice that the change then makes, to the cent", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-04-01T00:00:00Z");
  const big = await recurringPrice(bench, { unit_amount: 9900 });
  const subscription = await subscribe(bench);
  const item = itemOf(subscription);
  const change = {
    items: [{ id: item.id, price: big.id, quantity: 3 }],
    proration_behavior: "always_invoice" as const,
    proration_date: item.current_period_start + 7 * 86_400 + 12_345,
  };
  const stored = async () => {
    const { kept_answer: _answers, ...counts } = (await bench.state()).counts;
    return counts;
  };
  const before = await stored();
  const preview = await bench.stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: change,
  });
  expect(preview).toMatchObject({
    id: expect.stringMatching(/^upcoming_in_/) as string,
    status: "draft",
    number: null,
    billing_reason: "subscription_update",
  });
  expect(preview.parent?.subscription_details).toMatchObject({
    subscription_proration_date: change.proration_date,
  });
  expect(await stored()).toEqual(before);
  await bench.stripe.subscriptions.update(subscription.id, change);
  const invoice = await latestInvoice(bench, subscription.id);
  expect(bill(invoice)).toEqual(bill(preview));
  expect(invoice.amount_paid).toBe(preview.amount_due);
});

test("without a change, or with one that waits, the preview is the next renewal's invoice", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-04-01T00:00:00Z");
  const { id, items } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const plain = await bench.stripe.invoices.createPreview({ subscription: id });
  expect(plain).toMatchObject({
    total: 2900,
    billing_reason: "upcoming",
    next_payment_attempt: item.current_period_end + HOUR,
  });
  const change = {
    items: [{ id: item.id, quantity: 2 }],
    proration_date: (item.current_period_start + item.current_period_end) / 2,
  };
  const preview = await bench.stripe.invoices.createPreview({
    subscription: id,
    subscription_details: change,
  });
  expect(preview.total).toBe(5800 + 1450);
  await bench.stripe.subscriptions.update(id, change);
  await moveTo(bench, item.current_period_end + HOUR);
  expect(bill(await latestInvoice(bench, id))).toEqual(bill(preview));
});

test("a subscription that ends has no next invoice; a new one's first invoice can be seen", async () => {
  const bench = await emulate();
  const { id, customer } = await subscribe(bench);
  const preview = (cancel_at_period_end?: boolean) =>
    bench.stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { cancel_at_period_end },
    });
  await expect(preview(true)).rejects.toMatchObject({
    code: "invoice_upcoming_none",
    statusCode: 404,
  });
  await bench.stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await expect(preview()).rejects.toMatchObject({
    code: "invoice_upcoming_none",
  });
  expect((await preview(false)).total).toBe(2900);
  const price = await recurringPrice(bench, { unit_amount: 700 });
  const first = await bench.stripe.invoices.createPreview({
    customer: idOf(customer),
    subscription_details: { items: [{ price: price.id, quantity: 3 }] },
    invoice_items: [{ amount: 1000, currency: "usd", description: "Set-up" }],
  });
  expect(first.lines.data.map(({ amount }) => amount)).toEqual([1000, 2100]);
});

test("a schedule lowers the plan when its period ends, and then lets go", async () => {
  const bench = await emulate();
  const small = await recurringPrice(bench, { unit_amount: 900 });
  const customer = await customerWithCard(bench);
  const subscription = await subscribe(bench, { customer });
  const item = itemOf(subscription);
  const schedule = await bench.stripe.subscriptionSchedules.create({
    from_subscription: subscription.id,
  });
  expect(schedule).toMatchObject({
    status: "active",
    end_behavior: "release",
    current_phase: {
      start_date: item.current_period_start,
      end_date: item.current_period_end,
    },
  });
  const [phase] = schedule.phases;
  if (!phase) throw new Error("no phase");
  const planned = await bench.stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      {
        items: [{ price: item.price.id, quantity: 1 }],
        start_date: phase.start_date,
        end_date: phase.end_date,
      },
      { items: [{ price: small.id, quantity: 2 }] },
    ],
  });
  expect(planned.phases).toHaveLength(2);
  expect(
    await bench.stripe.subscriptions.retrieve(subscription.id),
  ).toMatchObject({ schedule: schedule.id, quantity: 1 });
  await moveTo(bench, item.current_period_end + HOUR);
  const lower = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(itemOf(lower)).toMatchObject({
    id: item.id,
    price: { id: small.id },
    quantity: 2,
    current_period_start: item.current_period_end,
  });
  const invoice = await latestInvoice(bench, subscription.id);
  expect(bill(invoice).lines.map(({ amount }) => amount)).toEqual([1800]);
  expect(invoice.amount_paid).toBe(1800);
  await moveTo(bench, itemOf(lower).current_period_end + HOUR);
  expect(
    await bench.stripe.subscriptionSchedules.retrieve(schedule.id),
  ).toMatchObject({
    status: "released",
    released_subscription: subscription.id,
    subscription: null,
  });
  expect(
    await bench.stripe.subscriptions.retrieve(subscription.id),
  ).toMatchObject({ status: "active", schedule: null, quantity: 2 });
});

test("a schedule can end its subscription, be released, or be canceled with it", async () => {
  const bench = await emulate();
  const customer = await customerWithCard(bench);
  const make = async () => {
    const { id: from_subscription } = await subscribe(bench, { customer });
    return bench.stripe.subscriptionSchedules.create({ from_subscription });
  };
  const ending = await make();
  await bench.stripe.subscriptionSchedules.update(ending.id, {
    end_behavior: "cancel",
  });
  const freed = await bench.stripe.subscriptionSchedules.release(
    (await make()).id,
  );
  expect(freed.status).toBe("released");
  const stopped = await bench.stripe.subscriptionSchedules.cancel(
    (await make()).id,
  );
  expect(stopped.status).toBe("canceled");
  await expect(
    bench.stripe.subscriptionSchedules.release(stopped.id),
  ).rejects.toMatchObject({ statusCode: 400 });
  await moveTo(bench, (ending.current_phase?.end_date ?? 0) + HOUR);
  const { data } = await bench.stripe.subscriptions.list({
    customer,
    status: "all",
  });
  expect(data.map((one) => one.status).toSorted()).toEqual([
    "active",
    "canceled",
    "canceled",
  ]);
  expect(
    (await bench.stripe.subscriptionSchedules.retrieve(ending.id)).status,
  ).toBe("completed");
});
