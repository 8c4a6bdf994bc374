import { expect, test } from "vitest";
import { emulate, eventTypes } from "./support";

const noRedirects = {
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
} as const;

test("a payment method's details are updated, and a detached one is gone", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id: customer } = await stripe.customers.create();
  const { id: method } = await stripe.paymentMethods.attach("pm_card_visa", {
    customer,
  });
  const updated = await stripe.paymentMethods.update(method, {
    billing_details: { name: "Ada", address: { city: "London" } },
    card: { exp_month: 3, exp_year: 2040 },
    metadata: { note: "work" },
  });
  expect(updated).toMatchObject({
    billing_details: { name: "Ada", address: { city: "London", line1: null } },
    card: { exp_month: 3, exp_year: 2040, last4: "4242" },
    metadata: { note: "work" },
  });
  await stripe.paymentMethods.detach(method);
  expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
  expect((await eventTypes(bench)).slice(-2)).toEqual([
    "payment_method.updated",
    "payment_method.detached",
  ]);
  await expect(
    stripe.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 13, exp_year: 2040 },
    }),
  ).rejects.toMatchObject({ code: "invalid_expiry_month" });
});

test("a setup intent is confirmed, declined and canceled with its events", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id: customer } = await stripe.customers.create();
  const saved = await stripe.setupIntents.create({
    ...noRedirects,
    customer,
    payment_method: "pm_card_visa",
    confirm: true,
  });
  expect(saved).toMatchObject({ status: "succeeded", usage: "off_session" });
  expect((await eventTypes(bench)).slice(-3)).toEqual([
    "setup_intent.created",
    "payment_method.attached",
    "setup_intent.succeeded",
  ]);
  await expect(
    stripe.setupIntents.create({
      ...noRedirects,
      customer,
      payment_method: "pm_card_chargeDeclined",
      confirm: true,
    }),
  ).rejects.toMatchObject({ code: "card_declined" });
  expect((await eventTypes(bench)).at(-1)).toBe("setup_intent.setup_failed");
  await expect(stripe.setupIntents.cancel(saved.id)).rejects.toMatchObject({
    code: "setup_intent_unexpected_state",
  });
});
