import type Stripe from "stripe";
import { expect, test } from "vitest";
import { DAY, eventsSince } from "./life";
import {
  emulate,
  EMPTY_ACCOUNT,
  GOOD_ACCOUNT,
  idOf,
  pay,
  submitPage,
  SUCCESS_URL,
  withUrl,
  type Bench,
} from "./support";

async function onceOnly(
  { stripe }: Bench,
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 14900,
          product_data: { name: "Onboarding" },
        },
      },
    ],
    success_url: SUCCESS_URL,
    ...given,
  });
  return withUrl(session);
}

/** Pays from a bank account on the session's page; answers the payment that is now under way. */
async function debited(bench: Bench, account = GOOD_ACCOUNT) {
  const session = await onceOnly(bench);
  const { location } = await pay(`${session.url}?method=bank`, "", {
    accountNumber: account,
  });
  expect(location).toBe(`http://shop.test/ok?session=${session.id}`);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id);
  const intent = idOf(done.payment_intent);
  return {
    intent,
    session: () =>
      bench.stripe.checkout.sessions.retrieve(session.id, {
        expand: ["payment_intent.latest_charge"],
      }),
  };
}

test("a debit completes the session unpaid and leaves its payment under way", async () => {
  const bench = await emulate();
  const fresh = eventsSince(bench);
  await fresh();
  const { session } = await debited(bench);
  expect(await session()).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_method_types: ["card", "us_bank_account"],
    payment_intent: {
      status: "processing",
      amount_received: 0,
      latest_charge: {
        status: "pending",
        paid: false,
        receipt_url: null,
        payment_method_details: {
          type: "us_bank_account",
          us_bank_account: { last4: "6789", routing_number: "110000000" },
        },
      },
    },
  });
  expect((await fresh()).filter((type) => !type.startsWith("pr"))).toEqual([
    "charge.pending",
    "payment_intent.processing",
    "payment_intent.created",
    "checkout.session.completed",
  ]);
});

test("three days later the bank pays", async () => {
  const bench = await emulate();
  const { session } = await debited(bench);
  const fresh = eventsSince(bench);
  await fresh();
  await bench.advance(3 * DAY - 60);
  expect(await fresh()).toEqual([]);
  await bench.advance(60);
  expect(await fresh()).toEqual([
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.async_payment_succeeded",
  ]);
  const done = await session();
  expect(done).toMatchObject({
    payment_status: "paid",
    payment_intent: {
      status: "succeeded",
      amount_received: 14900,
      latest_charge: { paid: true, amount_captured: 14900 },
    },
  });
});

test("an account without money fails three days later", async () => {
  const bench = await emulate();
  const { session } = await debited(bench, EMPTY_ACCOUNT);
  const fresh = eventsSince(bench);
  await fresh();
  await bench.advance(3 * DAY);
  expect(await fresh()).toEqual([
    "charge.failed",
    "payment_intent.payment_failed",
    "checkout.session.async_payment_failed",
  ]);
  expect(await session()).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: {
      status: "requires_payment_method",
      last_payment_error: { code: "insufficient_funds" },
      latest_charge: { status: "failed", failure_code: "insufficient_funds" },
    },
  });
});

test("the bank's answer can be given at once, and only once", async () => {
  const bench = await emulate();
  const { intent, session } = await debited(bench);
  await bench.control("debits", { payment_intent: intent, outcome: "failed" });
  await bench.control("debits", { payment_intent: intent, outcome: "arrived" });
  await bench.advance(4 * DAY);
  expect((await session()).payment_status).toBe("unpaid");
  const events = await bench.stripe.events.list({
    types: [
      "checkout.session.async_payment_failed",
      "checkout.session.async_payment_succeeded",
    ],
  });
  expect(events.data).toHaveLength(1);
});

test("the dashboard answers for the bank", async () => {
  const bench = await emulate();
  const { intent, session } = await debited(bench);
  expect(await (await fetch(bench.origin)).text()).toContain("Let it fail");
  const answered = await submitPage(`${bench.origin}/debits/${intent}`, {
    outcome: "arrived",
  });
  expect(answered.page).toContain("$149.00 arrived.");
  expect(answered.page).not.toContain("Let it fail");
  expect((await session()).payment_status).toBe("paid");
});

test("a bank account is offered for dollars alone, and not where it is excluded", async () => {
  const bench = await emulate();
  const { payment_method_types: without, url } = await onceOnly(bench, {
    excluded_payment_method_types: ["us_bank_account"],
  });
  expect(without).toEqual(["card"]);
  const page = await (await fetch(`${url}?method=bank`)).text();
  expect(page).toContain("Card number");
  const { payment_method_types: kept } = await onceOnly(bench, {
    payment_intent_data: { setup_future_usage: "off_session" },
    customer_creation: "always",
  });
  expect(kept).toEqual(["card"]);
});

test("a routing number that is none goes back to the bank's form", async () => {
  const bench = await emulate();
  const { url } = await onceOnly(bench);
  const back = await pay(`${url}?method=bank`, "", { routingNumber: "12" });
  expect(back.page).toContain("Enter the nine digits of the routing number.");
  expect(back.page).toContain("Account number");
});
