import { expect, test } from "vitest";
import { handledEvents } from "../../lib/webhooks/handlers";
import {
  customerWithCard,
  DAY,
  HOUR,
  itemOf,
  latestInvoice,
  replaceCard,
  subscribe,
} from "./life";
import {
  emulate,
  EMPTY_ACCOUNT,
  GOOD_ACCOUNT,
  GOOD_CARD,
  idOf,
  pay,
  receiver,
  recurringPrice,
  subscribed,
  subscriptionCheckout,
  SUCCESS_URL,
  withUrl,
  type Bench,
} from "./support";

const MONTH = 31 * DAY;

async function checkouts(bench: Bench): Promise<void> {
  await subscribed(bench);
  const given = { customer_email: "ada@example.com", customer: undefined };
  const left = await subscriptionCheckout(bench, given);
  await bench.stripe.checkout.sessions.expire(left.id);
  const once = await recurringPrice(bench, { recurring: undefined });
  for (const accountNumber of [GOOD_ACCOUNT, EMPTY_ACCOUNT]) {
    const { url } = withUrl(
      await bench.stripe.checkout.sessions.create({
        mode: "payment",
        customer_email: "ada@example.com",
        line_items: [{ price: once.id, quantity: 1 }],
        success_url: SUCCESS_URL,
      }),
    );
    await pay(`${url}?method=bank`, GOOD_CARD, { accountNumber });
  }
  await bench.advance(3 * DAY);
}

async function customers(bench: Bench): Promise<void> {
  const { stripe } = bench;
  const { id } = await stripe.customers.create();
  await stripe.customers.update(id, { name: "Ada" });
  const taxId = { type: "eu_vat", value: "DE123456789" } as const;
  const { id: first } = await stripe.customers.createTaxId(id, taxId);
  await bench.advance(HOUR);
  await stripe.customers.deleteTaxId(id, first);
  const card = await replaceCard(stripe, id, "pm_card_visa");
  await stripe.paymentMethods.update(card, { metadata: { seen: "yes" } });
  await bench.control("cards", { payment_method: card });
  await stripe.paymentMethods.detach(card);
  await stripe.setupIntents.create({
    customer: id,
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  await stripe.customers.del(id);
}

async function payments(bench: Bench): Promise<void> {
  const { stripe } = bench;
  const charge = async (payment_method: string) =>
    stripe.paymentIntents.create({
      amount: 5000,
      currency: "usd",
      payment_method,
      confirm: true,
    });
  await charge("pm_card_chargeDeclined").catch(() => undefined);
  const asked = await charge("pm_card_authenticationRequired");
  await stripe.paymentIntents.cancel(asked.id);
  await charge("pm_card_createIssuerFraudRecord");
  const paid = await charge("pm_card_visa");
  await stripe.charges.update(idOf(paid.latest_charge), { description: "x" });
  await stripe.refunds.create({ payment_intent: paid.id });
  for (const card of ["pm_card_pendingRefund", "pm_card_refundFail"]) {
    const { id } = await charge(card);
    await stripe.refunds.create({ payment_intent: id });
  }
  for (const uncategorized_text of ["winning_evidence", "losing_evidence"]) {
    const { id } = await charge("pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
    await stripe.disputes.update(idOf(dispute), {
      evidence: { uncategorized_text },
    });
  }
  await bench.advance(DAY);
}

async function subscriptions(bench: Bench): Promise<void> {
  const { stripe } = bench;
  const paused = await subscribe(bench, {
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    customer: (await stripe.customers.create()).id,
  });
  await bench.advance(7 * DAY);
  await replaceCard(stripe, idOf(paused.customer), "pm_card_visa");
  await stripe.subscriptions.resume(paused.id);
  await stripe.subscriptions.cancel(paused.id);

  const asking = await subscribe(bench, {
    card: "pm_card_authenticationRequired",
    payment_behavior: "allow_incomplete",
  });
  const { id } = await latestInvoice(bench, asking.id);
  await stripe.invoices.pay(id).catch(() => undefined);
  await stripe.invoices.voidInvoice(id);

  const dear = await recurringPrice(bench, { unit_amount: 99_000 });
  for (const pays of [true, false]) {
    const pending = await subscribe(bench);
    const customer = idOf(pending.customer);
    await replaceCard(stripe, customer, "pm_card_chargeCustomerFail");
    const after = await stripe.subscriptions.update(pending.id, {
      items: [{ id: itemOf(pending).id, price: dear.id }],
      payment_behavior: "pending_if_incomplete",
      proration_behavior: "always_invoice",
    });
    if (pays) {
      await replaceCard(stripe, customer, "pm_card_visa");
      await stripe.invoices.pay(idOf(after.latest_invoice));
    }
    await bench.advance(DAY);
    await stripe.subscriptions.cancel(pending.id);
  }
}

async function schedules(bench: Bench): Promise<void> {
  const { stripe } = bench;
  const planned = async () => {
    const one = await subscribe(bench);
    const made = await stripe.subscriptionSchedules.create({
      from_subscription: one.id,
    });
    return { one, made };
  };
  const released = await planned();
  await stripe.subscriptionSchedules.release(released.made.id);
  await stripe.subscriptionSchedules.cancel((await planned()).made.id);
  const completed = await planned();
  await stripe.subscriptionSchedules.update(completed.made.id, {
    end_behavior: "cancel",
  });
  const aborted = await planned();
  const customer = idOf(aborted.one.customer);
  const phases = aborted.made.phases.map(({ start_date, end_date }) => ({
    start_date,
    end_date: end_date + 11 * MONTH,
    items: [{ price: itemOf(aborted.one).price.id, quantity: 1 }],
  }));
  await stripe.subscriptionSchedules.update(aborted.made.id, { phases });
  await replaceCard(stripe, customer, "pm_card_chargeCustomerFail");
  await bench.control("billing", { after_retries: "cancel", retry_days: [1] });
  await bench.advance(2 * MONTH);
}

async function invoices(bench: Bench): Promise<void> {
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const item = { amount: 5000, currency: "usd", customer };
  const { id } = await stripe.invoices.create({ customer });
  await stripe.invoiceItems.create({ ...item, invoice: id });
  await stripe.invoices.finalizeInvoice(id);
  const note = await stripe.creditNotes.create({ invoice: id, amount: 100 });
  await stripe.creditNotes.update(note.id, { memo: "Sorry" });
  await stripe.creditNotes.voidCreditNote(note.id);

  const automatic_tax = { enabled: true };
  const nowhere = await stripe.invoices.create({ customer, automatic_tax });
  await stripe.invoices.finalizeInvoice(nowhere.id).catch(() => undefined);
  await subscribe(bench, {
    customer,
    collection_method: "send_invoice",
    days_until_due: 3,
  });
  await bench.advance(4 * DAY);
  const [late] = (await stripe.invoices.list({ customer })).data;
  await stripe.invoices.markUncollectible(idOf(late));

  const { id: elsewhere } = await stripe.paymentMethods.create({
    type: "custom",
    custom: { type: "cpmt_bank_transfer" },
  });
  const loyal = await subscribe(bench);
  await stripe.paymentMethods.attach(elsewhere, {
    customer: idOf(loyal.customer),
  });
  await stripe.subscriptions.update(loyal.id, {
    default_payment_method: elsewhere,
  });
  await bench.advance(MONTH + HOUR);
}

test("every event that the app handles can be made", async () => {
  const bench = await emulate();
  const hook = await receiver();
  await bench.stripe.webhookEndpoints.create({
    url: hook.url,
    enabled_events: ["*"],
  });
  for (const live of [
    checkouts,
    customers,
    payments,
    subscriptions,
    schedules,
    invoices,
  ])
    await live(bench);
  await expect
    .poll(async () => (await bench.state()).pending_deliveries)
    .toEqual([]);
  const made = new Set(hook.types());
  // Told days ahead and handled by nobody, but shops of their own listen to it.
  const wanted = [...handledEvents, "invoice.upcoming"];
  expect(wanted.filter((type) => !made.has(type))).toEqual([]);
});

test("a tax id is verified an hour later, and one that nobody knows is not", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id } = await stripe.customers.create();
  for (const value of ["DE123456789", "DE111111111"])
    await stripe.customers.createTaxId(id, { type: "eu_vat", value });
  await bench.advance(HOUR);
  const { data } = await stripe.customers.listTaxIds(id);
  expect(data.map(({ verification }) => verification?.status)).toEqual([
    "unverified",
    "verified",
  ]);
});

test("a card that its network replaces keeps its id and its place", async () => {
  const bench = await emulate();
  const customer = await customerWithCard(bench);
  const { stripe } = bench;
  const [before] = (await stripe.paymentMethods.list({ customer })).data;
  await bench.control("cards", {
    payment_method: before?.id,
    number: "5555555555554444",
  });
  const after = await stripe.paymentMethods.retrieve(idOf(before));
  expect(after).toMatchObject({
    customer,
    card: {
      brand: "mastercard",
      last4: "4444",
      exp_year: (before?.card?.exp_year ?? 0) + 4,
    },
  });
});
