import { expect, test } from "vitest";
import { boundary, periodAt } from "../../dev/stripe/calendar";
import {
  DAY,
  HOUR,
  beginOn,
  customerWithCard,
  eventsSince,
  itemOf,
  latestInvoice,
  moveTo,
  replaceCard,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice } from "./support";

const seconds = (iso: string) => Date.parse(iso) / 1000;

test("a renewal is a draft for an hour, then it is finalized and charged", async () => {
  const bench = await emulate();
  const { id, items, latest_invoice } = await subscribe(bench);
  const end = items.data[0]?.current_period_end ?? 0;
  const news = eventsSince(bench);
  await news();
  await moveTo(bench, end - 60);
  expect(await news()).toEqual(["invoice.upcoming"]);
  await bench.advance(60);
  const draft = await latestInvoice(bench, id);
  expect(draft).toMatchObject({
    status: "draft",
    auto_advance: true,
    billing_reason: "subscription_cycle",
    created: end,
    automatically_finalizes_at: end + HOUR,
    next_payment_attempt: end + HOUR,
    period_end: end,
    total: 2900,
    number: null,
  });
  expect(draft.id).not.toBe(latest_invoice);
  expect(await news()).toEqual([
    "customer.subscription.updated",
    "invoice.created",
  ]);
  await bench.advance(HOUR);
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    amount_paid: 2900,
    attempt_count: 1,
    next_payment_attempt: null,
    number: expect.stringMatching(/^[A-Z0-9]{8}-0002$/) as string,
    status_transitions: { finalized_at: end + HOUR, paid_at: end + HOUR },
  });
  expect(await news()).toEqual([
    "invoice.finalized",
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
  ]);
});

test("periods are counted from the anchor and clamped to the month's end", () => {
  const month = { interval: "month", interval_count: 1 };
  const anchor = seconds("2027-01-31T10:00:00Z");
  const days = [1, 2, 3, 13].map((n) =>
    new Date(boundary(anchor, month, n) * 1000).toISOString().slice(0, 10),
  );
  expect(days).toEqual([
    "2027-02-28",
    "2027-03-31",
    "2027-04-30",
    "2028-02-29",
  ]);
  const year = { interval: "year", interval_count: 1 };
  const leap = seconds("2028-02-29T00:00:00Z");
  expect(boundary(leap, year, 1)).toBe(seconds("2029-02-28T00:00:00Z"));
  expect(boundary(leap, year, 4)).toBe(seconds("2032-02-29T00:00:00Z"));
  expect(periodAt(anchor, month, seconds("2026-12-15T00:00:00Z"))).toEqual({
    start: seconds("2026-11-30T10:00:00Z"),
    end: seconds("2026-12-31T10:00:00Z"),
  });
});

test("a subscription of the 31st renews on each month's last day without drifting", async () => {
  const bench = await emulate();
  await beginOn(bench, "2027-01-31T09:00:00Z");
  const { id } = await subscribe(bench);
  const ends: string[] = [];
  for (const month of ["02-28", "03-31", "04-30", "05-31"]) {
    const item = itemOf(await bench.stripe.subscriptions.retrieve(id));
    ends.push(new Date(item.current_period_end * 1000).toISOString());
    expect(ends.at(-1)?.slice(5, 10)).toBe(month);
    await moveTo(bench, item.current_period_end + HOUR);
  }
  const invoices = await bench.stripe.invoices.list({ subscription: id });
  expect(invoices.data.map((invoice) => invoice.status)).toEqual(
    Array(5).fill("paid"),
  );
});

test("one long leap runs everything in the order of its time", async () => {
  const bench = await emulate();
  const price = await recurringPrice(bench);
  const customer = await customerWithCard(bench);
  const items = [{ price: price.id }];
  const subscriptions = await Promise.all(
    [1, 2, 3].map(() => subscribe(bench, { customer, items })),
  );
  const begun = performance.now();
  await bench.advance(370 * DAY);
  expect(performance.now() - begun).toBeLessThan(3000);
  for (const { id } of subscriptions) {
    const invoices = await bench.stripe.invoices.list({
      subscription: id,
      limit: 100,
    });
    expect(invoices.data).toHaveLength(13);
    expect(invoices.data.every(({ status }) => status === "paid")).toBe(true);
  }
  const numbers = (await bench.stripe.invoices.list({ customer, limit: 100 }))
    .data;
  const byAge = numbers.map(({ number }) => Number(number?.slice(-4)));
  expect(new Set(byAge).size).toBe(39);
  const { data } = await bench.stripe.events.list({ limit: 100 });
  const times = data.map((event) => event.created);
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test("a failing card is tried again by the schedule, and at its end the subscription is canceled", async () => {
  const bench = await emulate();
  await bench.control("billing", {
    retry_days: [3, 5],
    after_retries: "cancel",
  });
  const { id, items, customer } = await subscribe(bench);
  await replaceCard(bench.stripe, idOf(customer), "pm_card_chargeCustomerFail");
  const first = (items.data[0]?.current_period_end ?? 0) + HOUR;
  const news = eventsSince(bench);
  await moveTo(bench, first - 60);
  await news();
  await bench.advance(60);
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "open",
    attempted: true,
    attempt_count: 1,
    amount_remaining: 2900,
    next_payment_attempt: first + 3 * DAY,
  });
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe(
    "past_due",
  );
  expect(await news()).toEqual([
    "invoice.finalized",
    "payment_intent.created",
    "charge.failed",
    "payment_intent.payment_failed",
    "invoice.updated",
    "invoice.payment_failed",
    "customer.subscription.updated",
  ]);
  await bench.advance(3 * DAY);
  expect(await latestInvoice(bench, id)).toMatchObject({
    attempt_count: 2,
    next_payment_attempt: first + 5 * DAY,
  });
  expect(await news()).toEqual([
    "charge.failed",
    "payment_intent.payment_failed",
    "invoice.updated",
    "invoice.payment_failed",
  ]);
  await bench.advance(2 * DAY);
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "canceled",
    ended_at: first + 5 * DAY,
    cancellation_details: { reason: "payment_failed" },
  });
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "open",
    attempt_count: 3,
    auto_advance: false,
    next_payment_attempt: null,
  });
  expect((await news()).at(-1)).toBe("customer.subscription.deleted");
});

test("by the recommended setting eight retries take two weeks", async () => {
  const bench = await emulate();
  const { id, items, customer } = await subscribe(bench);
  await replaceCard(bench.stripe, idOf(customer), "pm_card_chargeCustomerFail");
  const first = (items.data[0]?.current_period_end ?? 0) + HOUR;
  await moveTo(bench, first + 14 * DAY - 60);
  const invoice = await latestInvoice(bench, id);
  expect(invoice.attempt_count).toBe(8);
  await bench.advance(60);
  expect(await latestInvoice(bench, id)).toMatchObject({
    id: invoice.id,
    attempt_count: 9,
  });
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe(
    "canceled",
  );
});

test("marked unpaid, later invoices stay drafts; left past due, they are charged", async () => {
  const bench = await emulate();
  const open = async (after_retries: string) => {
    await bench.control("billing", { retry_days: [], after_retries });
    const { id, items, customer } = await subscribe(bench);
    const card = "pm_card_chargeCustomerFail";
    await replaceCard(bench.stripe, idOf(customer), card);
    await moveTo(bench, (items.data[0]?.current_period_end ?? 0) + HOUR);
    await bench.advance(32 * DAY);
    return id;
  };
  const unpaid = await open("unpaid");
  expect((await bench.stripe.subscriptions.retrieve(unpaid)).status).toBe(
    "unpaid",
  );
  expect(await latestInvoice(bench, unpaid)).toMatchObject({
    status: "draft",
    auto_advance: false,
    attempt_count: 0,
  });
  const left = await open("past_due");
  expect((await bench.stripe.subscriptions.retrieve(left)).status).toBe(
    "past_due",
  );
  expect(await latestInvoice(bench, left)).toMatchObject({
    status: "open",
    attempt_count: 1,
  });
});

test("a new default card is used by the next retry, and standing is restored", async () => {
  const bench = await emulate();
  await bench.control("billing", { retry_days: [3], after_retries: "cancel" });
  const { id, items, customer } = await subscribe(bench);
  await replaceCard(bench.stripe, idOf(customer), "pm_card_chargeCustomerFail");
  await moveTo(bench, (items.data[0]?.current_period_end ?? 0) + HOUR);
  await replaceCard(bench.stripe, idOf(customer), "pm_card_visa");
  expect((await latestInvoice(bench, id)).status).toBe("open");
  const news = eventsSince(bench);
  await news();
  await bench.advance(3 * DAY);
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    attempt_count: 2,
  });
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe("active");
  expect(await news()).toEqual([
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
    "customer.subscription.updated",
  ]);
  const charges = await bench.stripe.charges.list({ customer: idOf(customer) });
  const intents = charges.data.slice(0, 2).map((one) => one.payment_intent);
  expect(intents[0]).toBe(intents[1]);
});

test("cancelling at the period's end ends it there without another invoice", async () => {
  const bench = await emulate();
  const { id, items, latest_invoice } = await subscribe(bench);
  const end = items.data[0]?.current_period_end ?? 0;
  const { canceled_at } = await bench.stripe.subscriptions.update(id, {
    cancel_at_period_end: true,
  });
  const news = eventsSince(bench);
  await news();
  await bench.advance(40 * DAY);
  expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
    status: "canceled",
    ended_at: end,
    canceled_at,
    latest_invoice,
    cancellation_details: { reason: "cancellation_requested" },
  });
  expect(await news()).toEqual(["customer.subscription.deleted"]);
});

test("moved time and what came due survive a restart", async () => {
  const bench = await emulate();
  const { id } = await subscribe(bench);
  await bench.advance(20 * DAY);
  await bench.close();
  const again = await emulate({ dataDir: bench.dataDir });
  await again.advance(20 * DAY);
  expect(await latestInvoice(again, id)).toMatchObject({
    status: "paid",
    billing_reason: "subscription_cycle",
  });
});

test("a renewal is told a week ahead with what it will cost, and again after a change of its date", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const subscription = await subscribe(bench);
  const end = itemOf(subscription).current_period_end;
  await moveTo(bench, end - 7 * DAY - 60);
  const told = async () =>
    (await stripe.events.list({ type: "invoice.upcoming" })).data;
  expect(await told()).toEqual([]);
  await bench.advance(60);
  const [event] = await told();
  expect(event?.data.object).toMatchObject({
    amount_due: 2900,
    billing_reason: "upcoming",
    object: "invoice",
    period_end: end,
  });
  expect(event?.data.object).not.toHaveProperty("id");
  await stripe.subscriptions.update(subscription.id, {
    billing_cycle_anchor: { type: "now" },
    proration_behavior: "none",
  });
  await moveTo(bench, end + DAY);
  expect(await told()).toHaveLength(1);
  await bench.advance(20 * DAY);
  expect(await told()).toHaveLength(2);
});

test("how long ahead is a setting, and what ends or is sent is not told", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  await bench.control("billing", { upcoming_days: 3 });
  const kept = await subscribe(bench);
  const ending = await subscribe(bench, { cancel_at_period_end: true });
  await subscribe(bench, {
    collection_method: "send_invoice",
    days_until_due: 3,
  });
  const end = itemOf(kept).current_period_end;
  await moveTo(bench, end - 3 * DAY - 60);
  expect((await stripe.events.list({ type: "invoice.upcoming" })).data).toEqual(
    [],
  );
  await moveTo(bench, end);
  const { data } = await stripe.events.list({ type: "invoice.upcoming" });
  expect(data).toHaveLength(1);
  expect(data[0]?.data.object).toMatchObject({ customer: kept.customer });
  expect(ending.cancel_at).not.toBeNull();
});
