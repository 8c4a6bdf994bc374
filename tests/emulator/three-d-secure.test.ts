import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  idOf,
  pay,
  recurringPrice,
  subscriptionCheckout,
  submitPage,
  type Bench,
} from "./support";

const ALWAYS = "4000 0027 6000 3184";
const UNTIL_SET_UP = "4000 0025 0000 3155";
const MONTH = 31 * 86_400;

/** At the bank's page of a checkout. */
async function asked(bench: Bench, card: string) {
  const session = await subscriptionCheckout(bench);
  const { location, page } = await pay(session.url, card);
  expect(page).toContain("Complete authentication");
  return { session, bank: location };
}

test("Checkout asks the bank, and completes only once the buyer has authenticated", async () => {
  const bench = await emulate();
  const { session, bank } = await asked(bench, ALWAYS);
  expect((await bench.stripe.subscriptions.list()).data).toEqual([]);
  const back = await submitPage(bank, { answer: "complete" });
  expect(back.location).toContain("http://shop.test/ok");
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription"],
  });
  expect(done).toMatchObject({
    payment_status: "paid",
    subscription: { status: "active" },
  });
  // Answering twice pays once.
  await submitPage(bank, { answer: "complete" });
  expect((await bench.stripe.charges.list()).data).toHaveLength(1);
});

test("a buyer who fails authentication is told so, pays nothing and may use another card", async () => {
  const bench = await emulate();
  const { session, bank } = await asked(bench, ALWAYS);
  const { page } = await submitPage(bank, { answer: "fail" });
  expect(page).toContain("We are unable to authenticate your payment method.");
  expect((await bench.stripe.charges.list()).data).toEqual([]);
  const paid = await pay(session.url, GOOD_CARD);
  expect(paid.location).toContain("http://shop.test/ok");
});

test("a card may still be declined after authentication", async () => {
  const bench = await emulate();
  const { session, bank } = await asked(bench, "4000 0082 6000 3178");
  const { page } = await submitPage(bank, { answer: "complete" });
  expect(page).toContain("Your card has insufficient funds.");
  expect(
    (await bench.stripe.checkout.sessions.retrieve(session.id)).status,
  ).toBe("open");
});

test.each([
  ["asks again at each renewal", ALWAYS, "past_due", "open"],
  ["is not asked again once set up", UNTIL_SET_UP, "active", "paid"],
])("a card that %s", async (_, card, status, invoiceStatus) => {
  const bench = await emulate();
  const { session, bank } = await asked(bench, card);
  await submitPage(bank, { answer: "complete" });
  const done = await bench.stripe.checkout.sessions.retrieve(session.id);
  await bench.advance(MONTH + 2 * 3600);
  const subscription = await bench.stripe.subscriptions.retrieve(
    idOf(done.subscription),
    { expand: ["latest_invoice"] },
  );
  expect(subscription).toMatchObject({
    status,
    latest_invoice: { status: invoiceStatus },
  });
  const types = await eventTypes(bench);
  expect(types.includes("invoice.payment_action_required")).toBe(
    status === "past_due",
  );
});

test("a renewal that waits for the bank is paid by authenticating, and the subscription recovers", async () => {
  const bench = await emulate();
  const { session, bank } = await asked(bench, ALWAYS);
  await submitPage(bank, { answer: "complete" });
  const done = await bench.stripe.checkout.sessions.retrieve(session.id);
  await bench.advance(MONTH + 2 * 3600);
  const [intent] = (await bench.stripe.paymentIntents.list()).data;
  expect(intent).toMatchObject({
    status: "requires_action",
    next_action: { type: "use_stripe_sdk" },
  });
  await submitPage(`${bench.origin}/3ds/${intent?.id}`, { answer: "complete" });
  expect(
    await bench.stripe.subscriptions.retrieve(idOf(done.subscription), {
      expand: ["latest_invoice"],
    }),
  ).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
});

test("a first payment by the API that needs the bank leaves the subscription incomplete, as recorded", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await stripe.customers.create({
    payment_method: "pm_card_authenticationRequired",
  });
  const [card] = (await stripe.paymentMethods.list({ customer: customer.id }))
    .data;
  const price = await recurringPrice(bench);
  const order = {
    customer: customer.id,
    default_payment_method: idOf(card),
    items: [{ price: price.id }],
    expand: ["latest_invoice.payments"],
  };
  const subscription = await stripe.subscriptions.create(order);
  expect(subscription).toMatchObject({
    status: "incomplete",
    latest_invoice: {
      status: "open",
      attempted: true,
      attempt_count: 0,
      payments: { data: [{ status: "open" }] },
    },
  });
  const [intent] = (await stripe.paymentIntents.list()).data;
  expect(intent?.status).toBe("requires_action");
  expect((await eventTypes(bench)).slice(-4)).toEqual([
    "payment_intent.created",
    "payment_intent.requires_action",
    "invoice.payment_action_required",
    "invoice.payment_failed",
  ]);
  await expect(
    stripe.subscriptions.create({
      ...order,
      payment_behavior: "error_if_incomplete",
    }),
  ).rejects.toMatchObject({
    statusCode: 402,
    code: "subscription_payment_intent_requires_action",
  });
});

test("the portal saves a card only once the bank is satisfied", async () => {
  const bench = await emulate();
  const customer = await bench.stripe.customers.create({ name: "Ada" });
  const { url } = await bench.stripe.billingPortal.sessions.create({
    customer: customer.id,
  });
  const failed = await pay(`${url}/payment-methods`, ALWAYS);
  const refused = await submitPage(failed.location, { answer: "fail" });
  expect(refused.page).toContain("unable to authenticate");
  const cards = () =>
    bench.stripe.paymentMethods.list({ customer: customer.id });
  expect((await cards()).data).toEqual([]);
  const again = await pay(`${url}/payment-methods`, ALWAYS);
  const saved = await submitPage(again.location, { answer: "complete" });
  expect(saved.page).toContain("Your card is saved.");
  const [card] = (await cards()).data;
  expect(await bench.stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: card?.id },
  });
});
