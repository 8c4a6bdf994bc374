import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  idOf,
  pay,
  subscribed,
  submitPage,
  type Bench,
} from "./support";

const RETURN_URL = "http://shop.test/billing";

/** A subscribed customer in the portal. */
async function opened(
  bench: Bench,
  given: Partial<Stripe.BillingPortal.SessionCreateParams> = {},
) {
  const subscription = await subscribed(bench);
  const session = await bench.stripe.billingPortal.sessions.create({
    customer: idOf(subscription.customer),
    return_url: RETURN_URL,
    ...given,
  });
  const at = (path: string) => `${session.url}${path}`;
  return {
    subscription,
    session,
    at,
    page: async (path = "") => (await fetch(at(path))).text(),
    submit: (path: string, fields: Record<string, string> = {}) =>
      submitPage(at(path), fields),
    plan: `/subscriptions/${subscription.id}`,
  };
}

async function configured(
  bench: Bench,
  features: Stripe.BillingPortal.ConfigurationCreateParams.Features,
) {
  return bench.stripe.billingPortal.configurations.create({ features });
}

test("the portal shows plan, price, renewal, card, details, invoice and the way back", async () => {
  const bench = await emulate();
  const { page } = await opened(bench);
  const text = await page();
  for (const shown of [
    "Emulator — no real money",
    "Pro",
    "$29.00 per month",
    "Active",
    "Renews",
    "Visa ending in 4242",
    "ada@example.com",
    "-0001",
    "Cancel subscription",
    "Return to shop.test",
  ]) {
    expect(text).toContain(shown);
  }
});

test("cancelling says what ends and when, and renewing undoes it, flag untouched, each with its event", async () => {
  const bench = await emulate();
  const { subscription, page, submit, plan } = await opened(bench);
  const { id, items } = subscription;
  expect(await page(`${plan}/cancel`)).toContain("You keep it until");
  const cancelled = await submit(`${plan}/cancel`);
  expect(cancelled.page).toContain("Your subscription will not renew.");
  expect(cancelled.page).toContain("Renew subscription");
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "active",
    cancel_at: items.data[0]?.current_period_end,
    cancel_at_period_end: false,
    cancellation_details: { reason: "cancellation_requested" },
  });
  await submit(`${plan}/cancel`);
  await submit(`${plan}/renew`);
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  });
  const updates = await bench.stripe.events.list({
    type: "customer.subscription.updated",
  });
  expect(updates.data).toHaveLength(2);
});

test("a reason is asked for where the configuration says so, and kept", async () => {
  const bench = await emulate();
  const { id: configuration } = await configured(bench, {
    subscription_cancel: {
      enabled: true,
      mode: "immediately",
      cancellation_reason: {
        enabled: true,
        options: ["too_expensive", "other"],
      },
    },
  });
  const { subscription, page, submit, plan } = await opened(bench, {
    configuration,
  });
  const asked = await page(`${plan}/cancel`);
  expect(asked).toContain("It is too expensive");
  expect(asked).not.toContain("I no longer need it");
  await submit(`${plan}/cancel`, {
    feedback: "too_expensive",
    comment: "Maybe next year.",
  });
  expect(
    await bench.stripe.subscriptions.retrieve(subscription.id),
  ).toMatchObject({
    status: "canceled",
    cancellation_details: {
      comment: "Maybe next year.",
      feedback: "too_expensive",
    },
  });
});

test("a new card becomes the default of customer and subscription; a declined one does not", async () => {
  const bench = await emulate();
  const { subscription, at } = await opened(bench);
  const declined = await pay(at("/payment-methods"), "4000000000000002");
  expect(declined.page).toContain("Your card was declined.");
  const saved = await pay(at("/payment-methods"), "5555555555554444");
  expect(saved.page).toContain("Your card is saved.");
  const after = await bench.stripe.subscriptions.retrieve(subscription.id, {
    expand: [
      "default_payment_method",
      "customer.invoice_settings.default_payment_method",
    ],
  });
  expect(after).toMatchObject({
    default_payment_method: { card: { brand: "mastercard" } },
    customer: {
      invoice_settings: { default_payment_method: { card: { last4: "4444" } } },
    },
  });
});

test("another card can be made the default, and the one no longer used removed", async () => {
  const bench = await emulate();
  const { session, subscription, at, submit } = await opened(bench);
  await pay(at("/payment-methods"), "5555555555554444");
  const cards = await bench.stripe.paymentMethods.list({
    customer: session.customer,
  });
  const [mastercard, visa] = cards.data;
  const inUse = await submit(`/payment-methods/${mastercard?.id}/remove`);
  expect(inUse.page).toContain("is in use");
  const chosen = await submit(`/payment-methods/${visa?.id}/default`);
  expect(chosen.page).toContain("Visa ending in 4242 is the default now.");
  await submit(`/payment-methods/${mastercard?.id}/remove`);
  expect(
    (await bench.stripe.subscriptions.retrieve(subscription.id))
      .default_payment_method,
  ).toBe(visa?.id);
  expect((await eventTypes(bench)).at(-1)).toBe("payment_method.detached");
});

test("billing details are changed as far as the configuration allows", async () => {
  const bench = await emulate();
  const { id: configuration } = await configured(bench, {
    customer_update: {
      enabled: true,
      allowed_updates: ["name", "email", "address"],
    },
  });
  const { session, submit, page } = await opened(bench, { configuration });
  expect(await page("/customer")).not.toContain('id="phone"');
  const details = {
    name: "Ada Lovelace",
    email: "not an address",
    phone: "+44 1",
    billing_line1: "1 St James's Square",
    billing_city: "London",
    billing_postal_code: "SW1Y 4LB",
    billing_country: "gb",
  };
  const refused = await submit("/customer", details);
  expect(refused.page).toContain("Invalid email address: not an address");
  expect(refused.page).toContain('value="Ada Lovelace"');
  const saved = await submit("/customer", {
    ...details,
    email: "ada@example.org",
  });
  expect(saved.page).toContain("Your details are saved.");
  expect(await bench.stripe.customers.retrieve(session.customer)).toMatchObject(
    {
      name: "Ada Lovelace",
      email: "ada@example.org",
      phone: null,
      address: { city: "London", country: "GB", state: null },
    },
  );
});

test("nobody can act on another customer's subscription or card through their own portal", async () => {
  const bench = await emulate();
  const { submit, session } = await opened(bench);
  const other = await subscribed(bench);
  const card = idOf(other.default_payment_method);
  const acts: [string, Record<string, string>?][] = [
    [`/subscriptions/${other.id}/cancel`],
    [`/subscriptions/${other.id}/confirm`, { quantity: "9" }],
    [`/payment-methods/${card}/default`],
    [`/payment-methods/${card}/remove`],
  ];
  const before = await eventTypes(bench);
  for (const [path, fields] of acts) {
    const { page } = await submit(path, fields);
    expect(page).toContain("This cannot be done here any more.");
  }
  expect(await eventTypes(bench)).toEqual(before);
  expect(session.customer).not.toBe(other.customer);
});

test("an unused link dies after five minutes, a visited one an hour after the last visit", async () => {
  const bench = await emulate();
  const { page, session } = await opened(bench);
  await bench.advance(280);
  expect(await page()).toContain("Manage billing");
  await bench.advance(3500);
  expect(await page()).toContain("Manage billing");
  await bench.advance(3601);
  expect(await page()).toContain("This link has expired");
  const unused = await bench.stripe.billingPortal.sessions.create({
    customer: session.customer,
  });
  await bench.advance(301);
  expect(await (await fetch(unused.url)).text()).toContain(
    "This link has expired",
  );
});

test("a configuration offers only what it enables, and allows nothing else", async () => {
  const bench = await emulate();
  const { id: configuration } = await configured(bench, {
    invoice_history: { enabled: true },
  });
  const { subscription, page, submit, plan } = await opened(bench, {
    configuration,
  });
  const text = await page();
  for (const absent of ["Cancel", "Change plan", "Add payment", "Update"])
    expect(text).not.toContain(absent);
  for (const path of [
    `${plan}/cancel`,
    `${plan}/confirm`,
    "/payment-methods",
    "/customer",
  ]) {
    const { page: answer } = await submit(path, { name: "Eve" });
    expect(answer).toContain("This cannot be done here any more.");
  }
  expect(
    (await bench.stripe.subscriptions.retrieve(subscription.id)).cancel_at,
  ).toBeNull();
});

test("a card number never travels in an address", async () => {
  const bench = await emulate();
  const { at } = await opened(bench);
  const refused = await pay(at("/payment-methods"), GOOD_CARD, {
    cardExpiry: "1/20",
  });
  const said = new URL(refused.location).searchParams.get("flash") ?? "";
  expect(Buffer.from(said, "base64url").toString()).not.toMatch(/4242|"123"/);
});
