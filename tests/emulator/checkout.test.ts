import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  idOf,
  pay,
  recurringPrice,
  SUCCESS_URL,
  subscriptionCheckout,
  withUrl,
} from "./support";

test("a fresh session looks as recorded", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench, {
    metadata: { tenant: "t" },
  });
  expect(session).toMatchObject({
    amount_subtotal: 2900,
    amount_total: 2900,
    customer_creation: null,
    customer_details: { email: "ada@example.com", name: null },
    discounts: [],
    expires_at: session.created + 86_400,
    invoice: null,
    metadata: { tenant: "t" },
    payment_intent: null,
    payment_method_collection: "always",
    payment_status: "unpaid",
    status: "open",
    subscription: null,
    success_url: SUCCESS_URL,
    ui_mode: "hosted_page",
  });
  expect(session.id).toMatch(/^cs_test_a1\w{56}$/);
});

test("buying a plan makes subscription, paid invoice, payment and default card", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench, {
    line_items: [{ price: (await recurringPrice(bench)).id, quantity: 3 }],
    subscription_data: { metadata: { tenant: "t" }, description: "Pro" },
  });
  const paid = await pay(session.url, GOOD_CARD);
  expect(paid.location).toBe(`http://shop.test/ok?session=${session.id}`);

  const { stripe } = bench;
  const done = await stripe.checkout.sessions.retrieve(session.id);
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    url: null,
    amount_total: 8700,
    customer_details: { email: "ada@example.com", name: "Ada Buyer" },
  });
  const subscription = await stripe.subscriptions.retrieve(
    idOf(done.subscription),
    {
      expand: ["latest_invoice.payments", "default_payment_method"],
    },
  );
  const [item] = subscription.items.data;
  expect(subscription).toMatchObject({
    status: "active",
    billing_mode: { type: "flexible" },
    description: "Pro",
    metadata: { tenant: "t" },
    default_payment_method: { card: { brand: "visa", last4: "4242" } },
    latest_invoice: {
      id: done.invoice,
      status: "paid",
      amount_paid: 8700,
      attempt_count: 1,
      billing_reason: "subscription_create",
      parent: { subscription_details: { metadata: { tenant: "t" } } },
      lines: {
        data: [
          { description: "3 seat × Pro (at $29.00 / month)", amount: 8700 },
        ],
      },
      payments: { data: [{ status: "paid", amount_paid: 8700 }] },
    },
  });
  expect(subscription).not.toHaveProperty("current_period_end");
  expect(item?.quantity).toBe(3);
  expect(
    (item?.current_period_end ?? 0) - (item?.current_period_start ?? 0),
  ).toBeGreaterThan(27 * 86_400);
  const invoice = await stripe.invoices.retrieve(idOf(done.invoice));
  expect(invoice.number).toMatch(/^\w{8}-0001$/);
  for (const url of [invoice.hosted_invoice_url, invoice.invoice_pdf]) {
    expect(await (await fetch(url ?? "")).text()).toContain("$87.00");
  }
});

test("buying a plan sends the events of this scenario, in order", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  await pay(session.url, GOOD_CARD);
  expect((await eventTypes(bench)).slice(4)).toEqual([
    "charge.succeeded",
    "payment_method.attached",
    "checkout.session.completed",
    "customer.updated",
    "customer.subscription.created",
    "payment_intent.succeeded",
    "payment_intent.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
  ]);
  const [updated] = (
    await bench.stripe.events.list({ type: "customer.updated" })
  ).data;
  expect(updated?.data.previous_attributes).toEqual({
    currency: null,
    next_invoice_sequence: 1,
  });
  expect(updated?.request).toEqual({ id: null, idempotency_key: null });
});

test("a one-time purchase by a new customer makes customer, payment and charge", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const session = withUrl(
    await stripe.checkout.sessions.create({
      mode: "payment",
      customer_creation: "always",
      customer_email: "new@example.com",
      client_reference_id: "order-1",
      line_items: [
        {
          price_data: {
            currency: "jpy",
            unit_amount: 500,
            product_data: { name: "Sticker" },
          },
          quantity: 2,
        },
      ],
      payment_intent_data: {
        metadata: { order: "1" },
        description: "Stickers",
      },
      success_url: SUCCESS_URL,
    }),
  );
  expect(await (await fetch(session.url)).text()).toContain("Pay ¥1,000");
  expect((await pay(session.url, GOOD_CARD)).location).toMatch(
    /^http:\/\/shop\.test\/ok/,
  );
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge", "customer"],
  });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    client_reference_id: "order-1",
    subscription: null,
    customer: { email: "new@example.com", name: "Ada Buyer" },
    payment_intent: {
      amount: 1000,
      amount_received: 1000,
      currency: "jpy",
      status: "succeeded",
      metadata: { order: "1" },
      latest_charge: {
        paid: true,
        status: "succeeded",
        description: "Stickers",
      },
    },
  });
  expect(await eventTypes(bench)).toEqual(
    expect.arrayContaining([
      "customer.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]),
  );
});

test("a trial starts without a charge, with a paid invoice of nothing", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench, {
    subscription_data: { trial_period_days: 14 },
  });
  expect(session.amount_total).toBe(0);
  const page = await (await fetch(session.url)).text();
  expect(page).toContain("Start trial");
  expect(page).toContain("14 days free");
  await pay(session.url, GOOD_CARD);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription.latest_invoice"],
  });
  const { subscription } = done;
  if (typeof subscription === "string" || !subscription)
    throw new Error("not expanded");
  expect(done.payment_status).toBe("no_payment_required");
  expect(subscription).toMatchObject({
    status: "trialing",
    billing_cycle_anchor: subscription.trial_end,
    trial_end: subscription.created + 14 * 86_400,
    items: { data: [{ current_period_end: subscription.trial_end }] },
    latest_invoice: {
      status: "paid",
      total: 0,
      attempt_count: 0,
      lines: { data: [{ description: "Free trial for 1 seat × Pro" }] },
    },
  });
  expect((await bench.stripe.charges.list()).data).toEqual([]);
  expect(await eventTypes(bench)).toContain("setup_intent.succeeded");
});

test("setup mode saves a card and charges nothing", async () => {
  const bench = await emulate();
  const customer = await bench.stripe.customers.create({
    email: "ada@example.com",
  });
  const session = withUrl(
    await bench.stripe.checkout.sessions.create({
      mode: "setup",
      currency: "usd",
      customer: customer.id,
      success_url: SUCCESS_URL,
    }),
  );
  expect(session).toMatchObject({
    amount_total: null,
    payment_status: "no_payment_required",
  });
  expect((await pay(session.url, GOOD_CARD)).location).toMatch(
    /^http:\/\/shop\.test\/ok/,
  );
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["setup_intent"],
  });
  expect(done.setup_intent).toMatchObject({
    status: "succeeded",
    customer: customer.id,
  });
  const saved = await bench.stripe.paymentMethods.list({
    customer: customer.id,
  });
  expect(saved.data).toHaveLength(1);
});
