import { expect, test } from "vitest";
import { DAY, HOUR, customerWithCard, eventsSince, subscribe } from "./life";
import { emulate, idOf, type Bench } from "./support";

/** A draft with one line, for a customer whose card pays. */
async function draft(bench: Bench, amount = 4200, given = {}) {
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const invoice = await stripe.invoices.create({ customer, ...given });
  const item = await stripe.invoiceItems.create({
    customer,
    invoice: invoice.id,
    amount,
    currency: "usd",
    description: "Set-up",
  });
  return { customer, invoice, item };
}

test("an invoice made by the API is a draft that waits, is finalized with a number and paid when asked", async () => {
  const bench = await emulate();
  const { invoice, item } = await draft(bench);
  expect(invoice).toMatchObject({ status: "draft", auto_advance: false });
  await bench.stripe.invoiceItems.update(item.id, { amount: 5000 });
  await bench.advance(30 * DAY);
  const news = eventsSince(bench);
  await news();
  const open = await bench.stripe.invoices.finalizeInvoice(invoice.id);
  expect(open).toMatchObject({
    status: "open",
    amount_due: 5000,
    number: expect.stringMatching(/^[A-Z0-9]{8}-0001$/) as string,
    hosted_invoice_url: expect.stringContaining(invoice.id) as string,
  });
  await expect(
    bench.stripe.invoiceItems.update(item.id, { amount: 1 }),
  ).rejects.toMatchObject({ statusCode: 400 });
  await expect(
    bench.stripe.invoices.finalizeInvoice(invoice.id),
  ).rejects.toMatchObject({ statusCode: 400 });
  const paid = await bench.stripe.invoices.pay(invoice.id);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 5000 });
  await expect(bench.stripe.invoices.pay(invoice.id)).rejects.toThrow(
    "Invoice is already paid",
  );
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

test("an invoice of nothing is paid when finalized; one below fifty cents waits on the balance", async () => {
  const bench = await emulate();
  const customer = await customerWithCard(bench);
  const empty = await bench.stripe.invoices.create({ customer });
  expect(await bench.stripe.invoices.finalizeInvoice(empty.id)).toMatchObject({
    status: "paid",
    total: 0,
    attempt_count: 0,
  });
  const small = await draft(bench, 49);
  expect(
    await bench.stripe.invoices.finalizeInvoice(small.invoice.id),
  ).toMatchObject({ status: "paid", amount_due: 0, ending_balance: 49 });
  const { data } = await bench.stripe.customers.listBalanceTransactions(
    small.customer,
  );
  expect(data[0]).toMatchObject({ amount: 49, type: "invoice_too_small" });
});

test("credit is applied when the invoice is finalized, and voiding gives it back", async () => {
  const bench = await emulate();
  const { customer, invoice } = await draft(bench, 4200);
  await bench.stripe.customers.createBalanceTransaction(customer, {
    amount: -1200,
    currency: "usd",
  });
  const balance = async () => {
    const now = await bench.stripe.customers.retrieve(customer);
    return now.deleted ? null : now.balance;
  };
  const open = await bench.stripe.invoices.finalizeInvoice(invoice.id);
  expect(open).toMatchObject({
    total: 4200,
    amount_due: 3000,
    starting_balance: -1200,
    ending_balance: 0,
  });
  expect(await balance()).toBe(0);
  const voided = await bench.stripe.invoices.voidInvoice(invoice.id);
  expect(voided.status).toBe("void");
  expect(await balance()).toBe(-1200);
  await expect(bench.stripe.invoices.pay(invoice.id)).rejects.toMatchObject({
    statusCode: 400,
  });
});

test("what is written off can still be paid, elsewhere as well", async () => {
  const bench = await emulate();
  const { invoice } = await draft(bench);
  await expect(
    bench.stripe.invoices.markUncollectible(invoice.id),
  ).rejects.toMatchObject({ statusCode: 400 });
  await bench.stripe.invoices.finalizeInvoice(invoice.id);
  const off = await bench.stripe.invoices.markUncollectible(invoice.id);
  expect(off.status).toBe("uncollectible");
  const news = eventsSince(bench);
  await news();
  const paid = await bench.stripe.invoices.pay(invoice.id, {
    paid_out_of_band: true,
  });
  expect(paid).toMatchObject({ status: "paid", amount_paid: 4200 });
  const types = await news();
  expect(types).toContain("invoice.paid");
  expect(types).not.toContain("invoice.payment_succeeded");
});

test("drafts are deleted with their lines; pending items are taken in when asked", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer, invoice, item } = await draft(bench);
  await stripe.invoices.del(invoice.id);
  await expect(stripe.invoices.retrieve(invoice.id)).rejects.toMatchObject({
    statusCode: 404,
  });
  await expect(stripe.invoiceItems.retrieve(item.id)).rejects.toMatchObject({
    statusCode: 404,
  });
  await stripe.invoiceItems.create({ customer, amount: 700, currency: "usd" });
  const without = await stripe.invoices.create({ customer });
  expect(without.total).toBe(0);
  const taken = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: "include",
  });
  expect(taken.total).toBe(700);
});

test("an invoice that advances by itself is finalized after an hour and charged", async () => {
  const bench = await emulate();
  const { invoice } = await draft(bench, 4200, { auto_advance: true });
  await bench.advance(HOUR);
  expect(await bench.stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: "paid",
    amount_paid: 4200,
  });
});

test("a subscription billed by sent invoices is never charged and late after the due date", async () => {
  const bench = await emulate();
  const { id: customer } = await bench.stripe.customers.create();
  const subscription = await subscribe(bench, {
    customer,
    collection_method: "send_invoice",
    days_until_due: 14,
  });
  expect(subscription.status).toBe("active");
  const first = idOf(subscription.latest_invoice);
  const news = eventsSince(bench);
  await news();
  await bench.advance(HOUR);
  expect(await bench.stripe.invoices.retrieve(first)).toMatchObject({
    status: "open",
    due_date: subscription.created + 14 * DAY,
    attempt_count: 0,
  });
  expect(await news()).toContain("invoice.sent");
  await bench.advance(14 * DAY);
  expect(await news()).toContain("invoice.overdue");
  const now = () => bench.stripe.subscriptions.retrieve(subscription.id);
  expect((await now()).status).toBe("past_due");
  await bench.stripe.invoices.pay(first, { paid_out_of_band: true });
  expect((await now()).status).toBe("active");
});

test("cancelling gives unused time back only when asked to, as credit", async () => {
  const bench = await emulate();
  const { id, items, customer } = await subscribe(bench);
  const item = items.data[0];
  if (!item) throw new Error("no item");
  const half = (item.current_period_end - item.current_period_start) / 2;
  await bench.advance(Math.floor(half));
  const canceled = await bench.stripe.subscriptions.cancel(id, {
    invoice_now: true,
    prorate: true,
  });
  const last = await bench.stripe.invoices.retrieve(
    idOf(canceled.latest_invoice),
  );
  expect(last.total).toBeLessThanOrEqual(-1449);
  expect(last.total).toBeGreaterThanOrEqual(-1450);
  expect(await bench.stripe.customers.retrieve(idOf(customer))).toMatchObject({
    balance: last.total,
  });
});
