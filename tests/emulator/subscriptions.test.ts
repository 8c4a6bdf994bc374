import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  idOf,
  recurringPrice,
  subscribed,
  type Bench,
} from "./support";

async function customerWithCard(
  { stripe }: Bench,
  card: string,
): Promise<string> {
  const { id } = await stripe.customers.create({ email: "ada@example.com" });
  const method = await stripe.paymentMethods.attach(card, { customer: id });
  await stripe.customers.update(id, {
    invoice_settings: { default_payment_method: method.id },
  });
  return id;
}

test("a card on file pays a new subscription at once", async () => {
  const bench = await emulate();
  const customer = await customerWithCard(bench, "pm_card_mastercard");
  const price = await recurringPrice(bench);
  const subscription = await bench.stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, quantity: 2 }],
    expand: ["latest_invoice.payments"],
  });
  expect(subscription).toMatchObject({
    status: "active",
    default_payment_method: null,
    latest_invoice: { status: "paid", amount_paid: 5800 },
  });
});

test("a card that fails when charged leaves the subscription incomplete", async () => {
  const bench = await emulate();
  const customer = await customerWithCard(bench, "pm_card_chargeCustomerFail");
  const price = await recurringPrice(bench);
  const items = [{ price: price.id }];
  const subscription = await bench.stripe.subscriptions.create({
    customer,
    items,
    expand: ["latest_invoice"],
  });
  expect(subscription).toMatchObject({
    status: "incomplete",
    latest_invoice: { status: "open", amount_remaining: 2900 },
  });
  expect(await eventTypes(bench)).toEqual(
    expect.arrayContaining(["charge.failed", "invoice.payment_failed"]),
  );
  await expect(
    bench.stripe.subscriptions.create({
      customer,
      items,
      payment_behavior: "error_if_incomplete",
    }),
  ).rejects.toMatchObject({ type: "StripeCardError", statusCode: 402 });
  expect(
    (await bench.stripe.subscriptions.list({ customer })).data,
  ).toHaveLength(1);
});

test("an invoice's payment is found from either side", async () => {
  const bench = await emulate();
  const { latest_invoice } = await subscribed(bench);
  const invoice = idOf(latest_invoice);
  const [payment] = (await bench.stripe.invoicePayments.list({ invoice })).data;
  const intent = idOf(payment?.payment.payment_intent);
  const back = await bench.stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: intent },
  });
  expect(back.data.map((one) => one.invoice)).toEqual([invoice]);
  const charges = await bench.stripe.charges.list({ payment_intent: intent });
  expect(charges.data[0]).toMatchObject({ paid: true, amount: 2900 });
});

test("a customer without a card is refused, unless on trial", async () => {
  const bench = await emulate();
  const { id: customer } = await bench.stripe.customers.create();
  const price = await recurringPrice(bench);
  const create = (given = {}) =>
    bench.stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      ...given,
    });
  await expect(create()).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
    message: expect.stringContaining(
      "This customer has no attached payment source",
    ) as string,
  });
  expect((await create({ trial_period_days: 7 })).status).toBe("trialing");
});

test("cancelling at the period's end can be undone", async () => {
  const bench = await emulate();
  const { id, items } = await subscribed(bench);
  const end = items.data[0]?.current_period_end;
  const cancelled = await bench.stripe.subscriptions.update(id, {
    cancel_at_period_end: true,
  });
  expect(cancelled).toMatchObject({
    status: "active",
    cancel_at: end,
    cancel_at_period_end: true,
    cancellation_details: { reason: "cancellation_requested" },
  });
  const undone = await bench.stripe.subscriptions.update(id, {
    cancel_at_period_end: false,
  });
  expect(undone).toMatchObject({
    cancel_at: null,
    canceled_at: null,
    cancellation_details: { reason: null },
  });
  const [event] = (
    await bench.stripe.events.list({ type: "customer.subscription.updated" })
  ).data;
  expect(event?.data.previous_attributes).toMatchObject({ cancel_at: end });
});

test("cancelling at once ends it, and afterwards only metadata may change", async () => {
  const bench = await emulate();
  const { id } = await subscribed(bench);
  const ended = await bench.stripe.subscriptions.cancel(id, {
    cancellation_details: { comment: "bye", feedback: "unused" },
  });
  expect(ended).toMatchObject({
    status: "canceled",
    cancellation_details: { comment: "bye", feedback: "unused" },
  });
  expect(ended.ended_at).toBe(ended.canceled_at);
  expect((await eventTypes(bench)).at(-1)).toBe(
    "customer.subscription.deleted",
  );
  await bench.stripe.subscriptions.update(id, { metadata: { a: "b" } });
  await expect(
    bench.stripe.subscriptions.update(id, { cancel_at_period_end: true }),
  ).rejects.toThrow("A canceled subscription can only update");
});

test("price and quantity change without proration; what is not built is refused by name", async () => {
  const bench = await emulate();
  const { id, items } = await subscribed(bench);
  const item = items.data[0]?.id ?? "";
  const bigger = await recurringPrice(bench, { unit_amount: 9900 });
  const changed = await bench.stripe.subscriptions.update(id, {
    items: [{ id: item, price: bigger.id, quantity: 4 }],
    proration_behavior: "none",
  });
  expect(changed.items.data[0]).toMatchObject({
    quantity: 4,
    price: { id: bigger.id },
  });
  const listed = await bench.stripe.subscriptionItems.list({
    subscription: id,
  });
  expect(listed.data[0]?.quantity).toBe(4);
  await expect(
    bench.stripe.subscriptions.update(id, {
      items: [{ id: item, quantity: 5 }],
      billing_thresholds: { amount_gte: 100_000 },
    }),
  ).rejects.toMatchObject({
    statusCode: 501,
    message: expect.stringContaining("billing_thresholds") as string,
  });
});

test("deleting a customer cancels what they had", async () => {
  const bench = await emulate();
  const { id, customer } = await subscribed(bench);
  await bench.stripe.customers.del(idOf(customer));
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe(
    "canceled",
  );
});

test("a default payment method must belong to the customer, and detaching unsets it", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench, "pm_card_visa");
  const other = await stripe.customers.create();
  const foreign = await stripe.paymentMethods.attach("pm_card_visa", {
    customer: other.id,
  });
  await expect(
    stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: foreign.id },
    }),
  ).rejects.toMatchObject({
    param: "invoice_settings[default_payment_method]",
  });
  const [own] = (await stripe.paymentMethods.list({ customer, type: "card" }))
    .data;
  await stripe.paymentMethods.detach(own?.id ?? "");
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: null },
  });
});
