import { expect, test } from "vitest";
import { emulate, eventTypes, idOf, subscribed, type Bench } from "./support";

const RETURN_URL = "http://shop.test/billing";

async function opened(bench: Bench, given = {}) {
  const subscription = await subscribed(bench, given);
  const session = await bench.stripe.billingPortal.sessions.create({
    customer: idOf(subscription.customer),
    return_url: RETURN_URL,
  });
  const page = async () => (await fetch(session.url)).text();
  const submit = (fields: Record<string, string>) =>
    fetch(session.url, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  return { subscription, session, page, submit };
}

test("the portal shows plan, price, renewal, card, invoice and the way back", async () => {
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
    "-0001",
    "Cancel subscription",
    "Return to shop.test",
  ]) {
    expect(text).toContain(shown);
  }
});

test("cancelling sets the end and renewing unsets it, flag untouched, each with its event", async () => {
  const bench = await emulate();
  const { subscription, page, submit } = await opened(bench);
  const { id, items } = subscription;
  const cancelled = await submit({ action: "cancel", subscription: id });
  expect(cancelled.status).toBe(303);
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "active",
    cancel_at: items.data[0]?.current_period_end,
    cancel_at_period_end: false,
    cancellation_details: { reason: "cancellation_requested" },
  });
  expect(await page()).toContain("Renew subscription");
  expect((await eventTypes(bench)).at(-1)).toBe(
    "customer.subscription.updated",
  );
  await submit({ action: "cancel", subscription: id });
  await submit({ action: "renew", subscription: id });
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  });
  const updates = await bench.stripe.events.list({
    type: "customer.subscription.updated",
  });
  expect(updates.data).toHaveLength(2);
});

test("a new card becomes the default of customer and subscription; a declined one does not", async () => {
  const bench = await emulate();
  const { subscription, submit } = await opened(bench);
  const card = {
    action: "card",
    cardExpiry: "01/33",
    cardCvc: "123",
    cardName: "Ada",
  };
  const declined = await submit({ ...card, cardNumber: "4000000000000002" });
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("Your card was declined.");
  expect(
    (await submit({ ...card, cardNumber: "5555555555554444" })).status,
  ).toBe(303);
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

test("nobody can act on another customer's subscription through their own portal", async () => {
  const bench = await emulate();
  const { submit } = await opened(bench);
  const other = await subscribed(bench);
  await submit({ action: "cancel", subscription: other.id });
  expect(
    (await bench.stripe.subscriptions.retrieve(other.id)).cancel_at,
  ).toBeNull();
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

test("a configuration without cancellation offers none and allows none", async () => {
  const bench = await emulate();
  const { subscription } = await opened(bench);
  const configuration = await bench.stripe.billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
    business_profile: { headline: "Shop" },
  });
  const session = await bench.stripe.billingPortal.sessions.create({
    customer: idOf(subscription.customer),
    configuration: configuration.id,
  });
  expect(await (await fetch(session.url)).text()).not.toContain(
    "Cancel subscription",
  );
  const body = new URLSearchParams({
    action: "cancel",
    subscription: subscription.id,
  });
  await fetch(session.url, { method: "POST", body, redirect: "manual" });
  expect(
    (await bench.stripe.subscriptions.retrieve(subscription.id)).cancel_at,
  ).toBeNull();
});
