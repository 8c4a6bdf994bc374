import { expect, test } from "vitest";
import {
  DAY,
  HOUR,
  customerWithCard,
  eventsSince,
  itemOf,
  latestInvoice,
  moveTo,
  replaceCard,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

async function trialWithoutCard(
  bench: Bench,
  missing_payment_method: "cancel" | "create_invoice" | "pause",
) {
  const { id: customer } = await bench.stripe.customers.create();
  return subscribe(bench, {
    customer,
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method } },
  });
}

test("a trial begins with a paid invoice of nothing and reminds three days before its end", async () => {
  const bench = await emulate();
  const news = eventsSince(bench);
  const trial = await subscribe(bench, { trial_period_days: 7 });
  const end = trial.created + 7 * DAY;
  expect(trial).toMatchObject({
    status: "trialing",
    trial_end: end,
    billing_cycle_anchor: end,
    billing_mode: {
      type: "flexible",
      flexible: { proration_discounts: "included" },
    },
  });
  expect(itemOf(trial)).toMatchObject({
    current_period_start: trial.created,
    current_period_end: end,
  });
  const invoice = await latestInvoice(bench, trial.id);
  expect(invoice).toMatchObject({
    status: "paid",
    total: 0,
    attempted: true,
    attempt_count: 0,
    auto_advance: false,
    confirmation_secret: null,
    payments: { data: [] },
  });
  expect(invoice.lines.data[0]?.description).toBe(
    "Free trial for 1 seat × Pro",
  );
  expect(invoice.hosted_invoice_url).toBeTruthy();
  await news();
  await moveTo(bench, end - 3 * DAY - 60);
  expect(await news()).toEqual([]);
  await bench.advance(60);
  expect(await news()).toEqual(["customer.subscription.trial_will_end"]);
  await moveTo(bench, end);
  expect(await news()).toEqual([
    "customer.subscription.updated",
    "invoice.created",
  ]);
  const begun = await bench.stripe.subscriptions.retrieve(trial.id);
  expect(begun).toMatchObject({ status: "active", billing_cycle_anchor: end });
  await bench.advance(HOUR);
  expect(await latestInvoice(bench, trial.id)).toMatchObject({
    status: "paid",
    amount_paid: 2900,
    billing_reason: "subscription_cycle",
  });
});

test("a trial shorter than three days reminds at once", async () => {
  const bench = await emulate();
  await subscribe(bench, { trial_period_days: 2 });
  await bench.advance(0);
  const { data } = await bench.stripe.events.list({
    type: "customer.subscription.trial_will_end",
  });
  expect(data).toHaveLength(1);
});

test("a trial without a card ends as its settings say", async () => {
  const bench = await emulate();
  const canceled = await trialWithoutCard(bench, "cancel");
  const paused = await trialWithoutCard(bench, "pause");
  const billed = await trialWithoutCard(bench, "create_invoice");
  await bench.advance(7 * DAY + HOUR);
  const now = (id: string) => bench.stripe.subscriptions.retrieve(id);
  expect(await now(canceled.id)).toMatchObject({
    status: "canceled",
    ended_at: canceled.trial_end,
  });
  expect(await now(paused.id)).toMatchObject({
    status: "paused",
    latest_invoice: paused.latest_invoice,
  });
  expect((await now(billed.id)).status).toBe("past_due");
  expect(await latestInvoice(bench, billed.id)).toMatchObject({
    status: "open",
    attempt_count: 1,
  });
  const { data } = await bench.stripe.events.list({
    type: "customer.subscription.paused",
  });
  expect(data).toHaveLength(1);
});

test("a paused subscription resumes with a new period once its invoice is paid", async () => {
  const bench = await emulate();
  const { id, customer } = await trialWithoutCard(bench, "pause");
  await bench.advance(9 * DAY);
  await expect(
    bench.stripe.subscriptions.resume(id, {
      billing_cycle_anchor: { type: "unchanged" },
    }),
  ).rejects.toMatchObject({ statusCode: 501 });
  const waiting = await bench.stripe.subscriptions.resume(id);
  expect(waiting.status).toBe("paused");
  await bench.advance(23 * HOUR);
  expect((await latestInvoice(bench, id)).status).toBe("void");
  await replaceCard(bench.stripe, idOf(customer), "pm_card_visa");
  const news = eventsSince(bench);
  await news();
  const resumed = await bench.stripe.subscriptions.resume(id);
  expect(resumed.status).toBe("active");
  expect(itemOf(resumed).current_period_start).toBe(
    resumed.billing_cycle_anchor,
  );
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    amount_paid: 2900,
  });
  expect(await news()).toContain("customer.subscription.resumed");
  await expect(bench.stripe.subscriptions.resume(id)).rejects.toMatchObject({
    statusCode: 400,
  });
});

test("an active subscription can be paused: no invoices until it is resumed", async () => {
  const bench = await emulate();
  const { id } = await subscribe(bench);
  expect((await bench.stripe.subscriptions.pause(id)).status).toBe("paused");
  await bench.advance(90 * DAY);
  const { data } = await bench.stripe.invoices.list({ subscription: id });
  expect(data).toHaveLength(1);
  const resumed = await bench.stripe.subscriptions.resume(id);
  expect(resumed.status).toBe("active");
  const { lines, total } = await latestInvoice(bench, id);
  expect(lines.data.map(({ amount }) => amount)).toEqual([-2900, 2900]);
  expect(total).toBe(0);
});

test("trial_end=now bills in the request; another date moves the end", async () => {
  const bench = await emulate();
  const { id, created } = await subscribe(bench, { trial_period_days: 7 });
  const later = created + 20 * DAY;
  const moved = await bench.stripe.subscriptions.update(id, {
    trial_end: later,
  });
  expect(moved).toMatchObject({
    status: "trialing",
    trial_end: later,
    billing_cycle_anchor: later,
  });
  await bench.advance(10 * DAY);
  const ended = await bench.stripe.subscriptions.update(id, {
    trial_end: "now",
  });
  expect(ended.status).toBe("active");
  expect(ended.billing_cycle_anchor).toBe(ended.trial_end);
  expect(await latestInvoice(bench, id)).toMatchObject({
    status: "paid",
    amount_paid: 2900,
    billing_reason: "subscription_update",
  });
});

test("a first payment left to the browser is incomplete, and void after 23 hours", async () => {
  const bench = await emulate();
  const { id, created } = await subscribe(bench, {
    payment_behavior: "default_incomplete",
  });
  const invoice = await latestInvoice(bench, id);
  expect(invoice).toMatchObject({
    status: "open",
    attempted: false,
    next_payment_attempt: null,
  });
  expect(invoice.confirmation_secret?.client_secret).toMatch(
    /^pi_\w+_secret_\w{25}$/,
  );
  await expect(
    bench.stripe.subscriptions.update(id, { cancel_at_period_end: true }),
  ).rejects.toMatchObject({ statusCode: 400 });
  await moveTo(bench, created + 23 * HOUR - 60);
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe(
    "incomplete",
  );
  const news = eventsSince(bench);
  await news();
  await bench.advance(60);
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe(
    "incomplete_expired",
  );
  expect((await latestInvoice(bench, id)).status).toBe("void");
  expect((await news()).toSorted()).toEqual([
    "customer.subscription.updated",
    "invoice.voided",
    "payment_intent.canceled",
  ]);
});

test("an incomplete subscription becomes active when its first invoice is paid", async () => {
  const bench = await emulate();
  const { id, customer, latest_invoice } = await subscribe(bench, {
    card: "pm_card_chargeCustomerFail",
  });
  const invoice = idOf(latest_invoice);
  await expect(bench.stripe.invoices.pay(invoice)).rejects.toMatchObject({
    statusCode: 402,
    type: "StripeCardError",
  });
  expect((await latestInvoice(bench, id)).attempt_count).toBe(1);
  await replaceCard(bench.stripe, idOf(customer), "pm_card_visa");
  const paid = await bench.stripe.invoices.pay(invoice);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 2900 });
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe("active");
  await bench.advance(2 * DAY);
  expect((await bench.stripe.subscriptions.retrieve(id)).status).toBe("active");
});

test("pause_collection drafts, voids or writes off what comes due, until it ends", async () => {
  const bench = await emulate();
  const outcome = {
    keep_as_draft: "draft",
    mark_uncollectible: "uncollectible",
    void: "void",
  } as const;
  const behaviours = ["keep_as_draft", "mark_uncollectible", "void"] as const;
  for (const behavior of behaviours) {
    const { id, items } = await subscribe(bench);
    const end = items.data[0]?.current_period_end ?? 0;
    const paused = await bench.stripe.subscriptions.update(id, {
      pause_collection: { behavior, resumes_at: end + 10 * DAY },
    });
    expect(paused).toMatchObject({
      status: "active",
      pause_collection: { behavior },
    });
    await moveTo(bench, end + HOUR);
    expect((await latestInvoice(bench, id)).status).toBe(outcome[behavior]);
    await moveTo(bench, end + 10 * DAY);
    expect(await bench.stripe.subscriptions.retrieve(id)).toMatchObject({
      status: "active",
      pause_collection: null,
    });
  }
  const { id } = await subscribe(bench);
  await bench.stripe.subscriptions.update(id, {
    pause_collection: { behavior: "void" },
  });
  const cleared = await bench.stripe.subscriptions.update(id, {
    pause_collection: "",
  });
  expect(cleared.pause_collection).toBeNull();
});

test("an anchor in the future bills the days until then, or nothing if asked so", async () => {
  const bench = await emulate();
  const { clock } = await bench.state();
  const price = await recurringPrice(bench, { unit_amount: 3100 });
  const customer = await customerWithCard(bench);
  const anchor = clock.now + 10 * DAY;
  const billed = await subscribe(bench, {
    customer,
    items: [{ price: price.id }],
    billing_cycle_anchor: anchor,
  });
  const first = await latestInvoice(bench, billed.id);
  expect(itemOf(billed).current_period_end).toBe(anchor);
  expect(first.total).toBeGreaterThan(900);
  expect(first.total).toBeLessThan(1150);
  const free = await subscribe(bench, {
    customer,
    items: [{ price: price.id }],
    billing_cycle_anchor: anchor,
    proration_behavior: "none",
  });
  expect((await latestInvoice(bench, free.id)).total).toBe(0);
  await moveTo(bench, anchor + HOUR);
  expect((await latestInvoice(bench, free.id)).amount_paid).toBe(3100);
  await expect(
    subscribe(bench, {
      customer,
      items: [{ price: price.id }],
      billing_cycle_anchor: anchor + 90 * DAY,
    }),
  ).rejects.toMatchObject({ param: "billing_cycle_anchor" });
});

test("a day of the month is the anchor, clamped in shorter months", async () => {
  const bench = await emulate();
  const subscription = await subscribe(bench, {
    billing_cycle_anchor_config: { day_of_month: 31 },
    proration_behavior: "none",
  });
  for (let month = 0; month < 4; month += 1) {
    const current = await bench.stripe.subscriptions.retrieve(subscription.id);
    const end = itemOf(current).current_period_end;
    const tomorrow = new Date((end + DAY) * 1000);
    expect(tomorrow.getUTCDate()).toBe(1);
    await moveTo(bench, end + HOUR);
  }
});
