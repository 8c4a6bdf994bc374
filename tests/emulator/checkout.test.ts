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
  expect(paid.status).toBe(303);
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
  expect((await pay(session.url, GOOD_CARD)).status).toBe(303);
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
  expect((await pay(session.url, GOOD_CARD)).status).toBe(303);
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

test.each([
  ["4000 0000 0000 0002", 402, "Your card was declined."],
  ["4000 0000 0000 9995", 402, "Your card has insufficient funds."],
  ["4000 0000 0000 0069", 402, "Your card has expired."],
  ["4000 0000 0000 0127", 402, "Your card&#39;s security code is incorrect."],
  ["4000 0000 0000 0341", 402, "Your card was declined."],
  ["4242 4242 4242 4241", 422, "Your card number is incorrect."],
  ["4000 0027 6000 3184", 422, "not supported by this emulator yet"],
])(
  "%s is refused with %i and words, and the session stays open",
  async (card, status, words) => {
    const bench = await emulate();
    const session = await subscriptionCheckout(bench);
    const before = await eventTypes(bench);
    const refused = await pay(session.url, card);
    expect(refused.status).toBe(status);
    expect(refused.page).toContain(words);
    expect(refused.page).toContain('value="Ada Buyer"');
    expect(refused.page).not.toContain(`value="${card}"`);
    // A declined attempt leaves no subscription, no invoice and no event.
    expect(await eventTypes(bench)).toEqual(before);
    expect((await pay(session.url, GOOD_CARD)).status).toBe(303);
  },
);

test("a decline in payment mode leaves the failed payment with its decline code", async () => {
  const bench = await emulate();
  const product = await bench.stripe.products.create({ name: "Book" });
  const price = await bench.stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 900,
  });
  const session = withUrl(
    await bench.stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: SUCCESS_URL,
    }),
  );
  expect((await pay(session.url, "4000000000009995")).status).toBe(402);
  const [intent] = (await bench.stripe.paymentIntents.list()).data;
  expect(intent).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: {
      code: "card_declined",
      decline_code: "insufficient_funds",
    },
  });
  expect((await eventTypes(bench)).slice(-3)).toEqual([
    "payment_intent.created",
    "charge.failed",
    "payment_intent.payment_failed",
  ]);
});

test("wrong expiry and CVC are told beside their fields", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  const answer = await pay(session.url, GOOD_CARD, {
    cardExpiry: "13/34",
    cardCvc: "12",
  });
  expect(answer.status).toBe(422);
  expect(answer.page).toContain("expiration month is invalid");
  expect(answer.page).toContain("security code is invalid");
  expect(answer.page).toContain('aria-describedby="cardExpiry-error"');
});

test("submitting twice at once pays once", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  const body = new URLSearchParams({
    cardNumber: GOOD_CARD,
    cardExpiry: "12/34",
    cardCvc: "123",
    cardName: "Ada",
  });
  const submit = () =>
    fetch(session.url, { method: "POST", body, redirect: "manual" });
  const answers = await Promise.all([submit(), submit(), submit()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect((await bench.stripe.charges.list()).data).toHaveLength(1);
  expect((await bench.stripe.subscriptions.list()).data).toHaveLength(1);
  expect(await (await fetch(session.url)).text()).toContain("Already paid");
});

test("a session expires by the clock, on read, with its event", async () => {
  const bench = await emulate();
  const now = (await bench.state()).clock.now;
  const session = await subscriptionCheckout(bench, { expires_at: now + 3600 });
  await bench.advance(3590);
  expect(
    (await bench.stripe.checkout.sessions.retrieve(session.id)).status,
  ).toBe("open");
  await bench.advance(20);
  expect(
    await bench.stripe.checkout.sessions.retrieve(session.id),
  ).toMatchObject({
    status: "expired",
    url: null,
  });
  expect((await eventTypes(bench)).at(-1)).toBe("checkout.session.expired");
  expect((await pay(session.url, GOOD_CARD)).page).toContain("has expired");
  expect((await bench.stripe.subscriptions.list()).data).toEqual([]);
});

test("only an open session can be expired", async () => {
  const bench = await emulate();
  const { id } = await subscriptionCheckout(bench);
  expect((await bench.stripe.checkout.sessions.expire(id)).status).toBe(
    "expired",
  );
  await expect(bench.stripe.checkout.sessions.expire(id)).rejects.toThrow(
    'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "expired".',
  );
});

test("expires_at must lie between thirty minutes and a day ahead", async () => {
  const bench = await emulate();
  const { now } = (await bench.state()).clock;
  for (const expires_at of [now + 60, now + 90_000]) {
    await expect(
      subscriptionCheckout(bench, { expires_at }),
    ).rejects.toMatchObject({
      statusCode: 400,
      param: "expires_at",
    });
  }
});

test("a mode refuses prices that do not fit it", async () => {
  const bench = await emulate();
  const price = await recurringPrice(bench);
  const line_items = [{ price: price.id, quantity: 1 }];
  await expect(
    bench.stripe.checkout.sessions.create({
      mode: "payment",
      line_items,
      success_url: SUCCESS_URL,
    }),
  ).rejects.toThrow(
    "You specified `payment` mode but passed a recurring price.",
  );
  const once = await recurringPrice(bench, { recurring: undefined });
  await expect(
    subscriptionCheckout(bench, {
      line_items: [{ price: once.id, quantity: 1 }],
    }),
  ).rejects.toThrow(
    "You must provide at least one recurring price in `subscription` mode",
  );
});

test("what a page shows is escaped", async () => {
  const bench = await emulate();
  const product = await bench.stripe.products.create({
    name: "<script>alert(1)</script>",
  });
  const price = await bench.stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 100,
    recurring: { interval: "year" },
  });
  const session = await subscriptionCheckout(bench, {
    line_items: [{ price: price.id, quantity: 1 }],
  });
  const page = await (await fetch(session.url)).text();
  expect(page).not.toContain("<script");
  expect(page).toContain("&lt;script&gt;");
});
