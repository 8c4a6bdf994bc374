import { expect, test } from "vitest";
import { DAY, HOUR, itemOf, latestInvoice, replaceCard } from "./life";
import {
  emulate,
  eventTypes,
  idOf,
  recurringPrice,
  type Bench,
} from "./support";

const JANUARY = Date.parse("2027-01-01T00:00:00Z") / 1000;
const FEBRUARY = Date.parse("2027-02-01T00:00:00Z") / 1000;

/** A customer who lives by a clock of their own, from January 1st. */
async function onClock(bench: Bench, card = "pm_card_visa") {
  const { stripe } = bench;
  const clock = await stripe.testHelpers.testClocks.create({
    frozen_time: JANUARY,
  });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  await replaceCard(stripe, customer.id, card);
  const price = await recurringPrice(bench);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const advance = (frozen_time: number) =>
    stripe.testHelpers.testClocks.advance(clock.id, { frozen_time });
  return { clock, customer, subscription, advance };
}

test("advancing to February drafts the renewal, and an hour more pays it", async () => {
  const bench = await emulate();
  const { clock, customer, subscription, advance } = await onClock(bench);
  expect(subscription).toMatchObject({
    created: JANUARY,
    test_clock: clock.id,
    status: "active",
  });
  expect(itemOf(subscription).current_period_end).toBe(FEBRUARY);
  expect(await advance(FEBRUARY)).toMatchObject({ status: "advancing" });
  expect(await latestInvoice(bench, subscription.id)).toMatchObject({
    status: "draft",
    created: FEBRUARY,
    next_payment_attempt: FEBRUARY + HOUR,
    test_clock: clock.id,
  });
  await advance(FEBRUARY + HOUR);
  expect((await latestInvoice(bench, subscription.id)).status).toBe("paid");
  const moved = await bench.stripe.testHelpers.testClocks.retrieve(clock.id);
  expect(moved).toMatchObject({
    status: "ready",
    frozen_time: FEBRUARY + HOUR,
  });
  const types = await eventTypes(bench);
  expect(types.at(-1)).toBe("test_helpers.test_clock.ready");
  const { clock: real } = await bench.state();
  const charges = await bench.stripe.charges.list({ customer: customer.id });
  for (const charge of charges.data)
    expect(Math.abs(charge.created - real.now)).toBeLessThan(60);
});

test("past the end of the period a failing card is past due", async () => {
  const bench = await emulate();
  const { customer, subscription, advance } = await onClock(bench);
  await replaceCard(bench.stripe, customer.id, "pm_card_chargeCustomerFail");
  await advance(FEBRUARY + 2 * HOUR);
  expect(await latestInvoice(bench, subscription.id)).toMatchObject({
    status: "open",
    attempt_count: 1,
  });
  const { status } = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(status).toBe("past_due");
});

test("a test clock moves forward only, two periods at a time, and the emulator's own does not move it", async () => {
  const bench = await emulate();
  const { subscription, advance } = await onClock(bench);
  await bench.advance(400 * DAY);
  const still = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(still.latest_invoice).toBe(subscription.latest_invoice);
  await expect(advance(JANUARY)).rejects.toMatchObject({
    param: "frozen_time",
  });
  await expect(advance(JANUARY + 70 * DAY)).rejects.toMatchObject({
    param: "frozen_time",
  });
});

test("lists leave out what is on a test clock unless it is asked for; deleting the clock deletes its people", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { clock, customer, subscription } = await onClock(bench);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
  expect((await stripe.invoices.list()).data).toEqual([]);
  const asked = await stripe.subscriptions.list({ test_clock: clock.id });
  expect(asked.data.map(({ id }) => id)).toEqual([subscription.id]);
  await stripe.testHelpers.testClocks.del(clock.id);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    deleted: true,
  });
  const { status } = await stripe.subscriptions.retrieve(subscription.id);
  expect(status).toBe("canceled");
  expect(idOf(subscription.customer)).toBe(customer.id);
});
