import Stripe from "stripe";
import { expect, test } from "vitest";
import { emulate } from "./support";

/** Stripe's test mode where a key is given, else an emulator of the test's own. */
async function target(): Promise<Stripe> {
  const key = process.env["STRIPE_CONTRACT_KEY"];
  if (!key) return (await emulate()).stripe;
  if (!key.startsWith("sk_test_"))
    throw new Error("STRIPE_CONTRACT_KEY must be a test key (sk_test_…)");
  return new Stripe(key);
}

const paid: Stripe.PaymentIntentCreateParams = {
  amount: 2500,
  currency: "usd",
  payment_method: "pm_card_visa",
  confirm: true,
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
};

test("a customer is made, changed, found and deleted", async () => {
  const stripe = await target();
  const { id, balance, livemode } = await stripe.customers.create({
    email: "ada@example.com",
    metadata: { a: "1", b: "2" },
  });
  expect([balance, livemode]).toEqual([0, false]);
  const changed = await stripe.customers.update(id, {
    name: "Ada",
    metadata: { b: "" },
  });
  expect(changed).toMatchObject({ name: "Ada", metadata: { a: "1" } });
  expect((await stripe.customers.del(id)).deleted).toBe(true);
  expect(await stripe.customers.retrieve(id)).toEqual(
    expect.objectContaining({ id, object: "customer", deleted: true }),
  );
});

test("what is unknown, missing or of the wrong kind is refused in the same words", async () => {
  const stripe = await target();
  await expect(stripe.customers.retrieve("cus_x")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    message: "No such customer: 'cus_x'",
  });
  const create = (params: object) => stripe.customers.create(params);
  await expect(create({ nonsense: "1" })).rejects.toMatchObject({
    code: "parameter_unknown",
    param: "nonsense",
  });
  await expect(create({ next_invoice_sequence: "abc" })).rejects.toMatchObject({
    message: "Invalid integer: abc",
  });
  await expect(create({ address: "x" })).rejects.toMatchObject({
    message: "Invalid object",
  });
});

test("the same key answers the same, and other parameters under it are refused", async () => {
  const stripe = await target();
  const options = { idempotencyKey: `contract-${Date.now()}` };
  const first = await stripe.customers.create({ name: "A" }, options);
  const again = await stripe.customers.create({ name: "A" }, options);
  expect(again.id).toBe(first.id);
  await expect(
    stripe.customers.create({ name: "B" }, options),
  ).rejects.toMatchObject({ type: "StripeIdempotencyError" });
});

test("a price with tiers says them only when asked", async () => {
  const stripe = await target();
  const price = await stripe.prices.create({
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 5, unit_amount: 1000 },
      { up_to: "inf", unit_amount: 800 },
    ],
    recurring: { interval: "month" },
    product_data: { name: "Contract" },
  });
  expect(price).not.toHaveProperty("tiers");
  const { tiers } = await stripe.prices.retrieve(price.id, {
    expand: ["tiers"],
  });
  expect(tiers?.map(({ up_to }) => up_to)).toEqual([5, null]);
});

test("a card is charged and given back in parts, or declined with its reason", async () => {
  const stripe = await target();
  const intent = await stripe.paymentIntents.create(paid);
  expect(intent.status).toBe("succeeded");
  const payment_intent = intent.id;
  await stripe.refunds.create({ payment_intent, amount: 1000 });
  await stripe.refunds.create({ payment_intent });
  await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject(
    { code: "charge_already_refunded" },
  );
  await expect(
    stripe.paymentIntents.create({
      ...paid,
      payment_method: "pm_card_visa_chargeDeclinedInsufficientFunds",
    }),
  ).rejects.toMatchObject({
    code: "card_declined",
    decline_code: "insufficient_funds",
    statusCode: 402,
  });
});

test("a new subscription is active, paid, and billed from its item", async () => {
  const stripe = await target();
  const customer = await stripe.customers.create({
    payment_method: "pm_card_visa",
    email: "ada@example.com",
  });
  const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2500,
    recurring: { interval: "month" },
    product_data: { name: "Contract" },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    default_payment_method: card?.id ?? "",
    expand: ["latest_invoice"],
  });
  expect(subscription).toMatchObject({
    status: "active",
    latest_invoice: { status: "paid", total: 2500, amount_remaining: 0 },
  });
  const canceled = await stripe.subscriptions.cancel(subscription.id);
  expect(canceled.status).toBe("canceled");
});
