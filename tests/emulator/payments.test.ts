import { expect, test } from "vitest";
import { emulate, eventTypes, idOf, submitPage, type Bench } from "./support";

const PAYMENT = { amount: 2000, currency: "usd" } as const;
const NO_REDIRECTS = {
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
} as const;

async function customerOf({ stripe }: Bench, card?: string) {
  const customer = await stripe.customers.create({
    email: "ada@example.com",
    ...(card && { payment_method: card }),
  });
  const [method] = (await stripe.paymentMethods.list({ customer: customer.id }))
    .data;
  return { customer: customer.id, method: method?.id ?? "" };
}

test("an intent is created, confirmed and paid, and keeps the card for later", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer } = await customerOf(bench);
  const created = await stripe.paymentIntents.create({
    ...PAYMENT,
    ...NO_REDIRECTS,
    customer,
    description: "Onboarding",
    metadata: { order: "7" },
    receipt_email: "ada@example.com",
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { line1: "1 Main St", country: "US" } },
  });
  expect(created).toMatchObject({
    status: "requires_payment_method",
    amount_received: 0,
    shipping: { address: { city: null, country: "US" }, phone: null },
  });
  expect(created.client_secret).toMatch(
    new RegExp(`^${created.id}_secret_\\w{25}$`),
  );
  const paid = await stripe.paymentIntents.confirm(
    created.id,
    { payment_method: "pm_card_visa" },
    { idempotencyKey: "once" },
  );
  expect(paid).toMatchObject({ status: "succeeded", amount_received: 2000 });
  const [charge] = (await stripe.charges.list({ customer })).data;
  const receipt = await fetch(charge?.receipt_url ?? "");
  expect(await receipt.text()).toContain("$20.00");
  const { data } = await stripe.paymentMethods.list({ customer });
  expect(data.map(({ id }) => id)).toEqual([idOf(paid.payment_method)]);
  expect((await eventTypes(bench)).slice(1)).toEqual([
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "payment_method.attached",
  ]);
  await expect(stripe.paymentIntents.confirm(created.id)).rejects.toMatchObject(
    { statusCode: 400, code: "payment_intent_unexpected_state" },
  );
});

test.each([
  ["pm_card_chargeDeclined", "card_declined", "generic_decline"],
  [
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    "card_declined",
    "insufficient_funds",
  ],
  ["pm_card_chargeDeclinedExpiredCard", "expired_card", ""],
  ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", ""],
  ["pm_card_chargeDeclinedProcessingError", "processing_error", ""],
  ["pm_card_chargeDeclinedStolenCard", "card_declined", "stolen_card"],
])(
  "%s is declined with its code, and the intent can be tried again",
  async (payment_method, code, decline_code) => {
    const { stripe } = await emulate();
    await expect(
      stripe.paymentIntents.create({
        ...PAYMENT,
        payment_method,
        confirm: true,
        return_url: "http://shop.test/back",
      }),
    ).rejects.toMatchObject({
      type: "StripeCardError",
      code,
      decline_code,
      payment_intent: { status: "requires_payment_method" },
    });
    const [failed] = (await stripe.paymentIntents.list()).data;
    expect(failed?.last_payment_error).toMatchObject({ code });
    const paid = await stripe.paymentIntents.confirm(failed?.id ?? "", {
      payment_method: "pm_card_mastercard",
      return_url: "http://shop.test/back",
    });
    expect(paid).toMatchObject({
      status: "succeeded",
      last_payment_error: null,
    });
  },
);

test("a card that asks leads to the bank and back with what became of it", async () => {
  const bench = await emulate();
  const intent = await bench.stripe.paymentIntents.create({
    ...PAYMENT,
    payment_method: "pm_card_authenticationRequired",
    confirm: true,
    return_url: "http://shop.test/back?order=7",
  });
  expect(intent).toMatchObject({
    status: "requires_action",
    next_action: {
      type: "redirect_to_url",
      redirect_to_url: { return_url: "http://shop.test/back?order=7" },
    },
  });
  const bank = intent.next_action?.redirect_to_url?.url ?? "";
  const { location } = await submitPage(bank, { answer: "complete" });
  expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
    order: "7",
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: "succeeded",
  });
  expect((await bench.stripe.paymentIntents.retrieve(intent.id)).status).toBe(
    "succeeded",
  );
});

test("nobody is there to answer the bank: off session the payment is declined, unless the card was set up", async () => {
  const bench = await emulate();
  const offSession = (customer: string, payment_method: string) =>
    bench.stripe.paymentIntents.create({
      ...PAYMENT,
      customer,
      payment_method,
      confirm: true,
      off_session: true,
    });
  const fresh = await customerOf(
    bench,
    "pm_card_authenticationRequiredOnSetup",
  );
  await expect(offSession(fresh.customer, fresh.method)).rejects.toMatchObject({
    code: "authentication_required",
    payment_intent: { status: "requires_payment_method" },
  });
  const setup = await bench.stripe.setupIntents.create({
    customer: fresh.customer,
    payment_method: fresh.method,
    confirm: true,
    return_url: "http://shop.test/back",
  });
  expect(setup.status).toBe("requires_action");
  await submitPage(setup.next_action?.redirect_to_url?.url ?? "", {
    answer: "complete",
  });
  expect((await offSession(fresh.customer, fresh.method)).status).toBe(
    "succeeded",
  );
});

test("held money is captured in part, released by cancelling, or let go after seven days", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const hold = () =>
    stripe.paymentIntents.create({
      ...PAYMENT,
      ...NO_REDIRECTS,
      capture_method: "manual",
      payment_method: "pm_card_visa",
      confirm: true,
      expand: ["latest_charge"],
    });
  const held = await hold();
  expect(held).toMatchObject({
    status: "requires_capture",
    amount_capturable: 2000,
    amount_received: 0,
    latest_charge: { captured: false, amount_captured: 0, paid: true },
  });
  await expect(
    stripe.paymentIntents.capture(held.id, { amount_to_capture: 2001 }),
  ).rejects.toMatchObject({ param: "amount_to_capture" });
  expect(
    await stripe.paymentIntents.capture(held.id, {
      amount_to_capture: 1500,
      expand: ["latest_charge"],
    }),
  ).toMatchObject({
    status: "succeeded",
    amount_capturable: 0,
    amount_received: 1500,
    latest_charge: { captured: true, amount_refunded: 500 },
  });
  const second = await hold();
  expect(
    await stripe.paymentIntents.cancel(second.id, {
      cancellation_reason: "requested_by_customer",
    }),
  ).toMatchObject({ status: "canceled", amount_capturable: 0 });
  const third = await hold();
  await bench.advance(7 * 86_400);
  expect(await stripe.paymentIntents.retrieve(third.id)).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
  });
});

test("what cannot be done is refused with the recorded texts", async () => {
  const { stripe } = await emulate();
  await expect(
    stripe.paymentIntents.create({ amount: 0, currency: "usd" }),
  ).rejects.toMatchObject({
    code: "parameter_invalid_integer",
    param: "amount",
  });
  const intent = await stripe.paymentIntents.create(PAYMENT);
  await expect(stripe.paymentIntents.confirm(intent.id)).rejects.toThrow(
    "You cannot confirm this PaymentIntent because it's missing a payment method.",
  );
  await stripe.paymentIntents.cancel(intent.id);
  await expect(stripe.paymentIntents.cancel(intent.id)).rejects.toThrow(
    "You cannot cancel this PaymentIntent because it has a status of canceled. Only a PaymentIntent with one of the following statuses may be canceled: ",
  );
  await expect(
    stripe.paymentIntents.create({
      ...PAYMENT,
      payment_method_types: ["card"],
    } as object as typeof PAYMENT),
  ).rejects.toMatchObject({ statusCode: 400 });
});

test("another customer's card cannot pay", async () => {
  const bench = await emulate();
  const ada = await customerOf(bench, "pm_card_visa");
  const eve = await customerOf(bench);
  await expect(
    bench.stripe.paymentIntents.create({
      ...PAYMENT,
      customer: eve.customer,
      payment_method: ada.method,
      confirm: true,
      off_session: true,
    }),
  ).rejects.toMatchObject({ statusCode: 400, param: "payment_method" });
});
