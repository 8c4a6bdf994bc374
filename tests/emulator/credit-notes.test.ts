import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  customerWithCard,
  eventsSince,
  latestInvoice,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

/** An open invoice over these amounts, for a customer whose card would pay. */
async function opened(
  { stripe }: Bench,
  customer: string,
  amounts: number[],
  given: Stripe.InvoiceCreateParams = {},
): Promise<Stripe.Invoice & { id: string }> {
  const draft = await stripe.invoices.create({ customer, ...given });
  for (const [at, amount] of amounts.entries())
    await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount,
      currency: "usd",
      description: `Item ${at + 1}`,
    });
  return stripe.invoices.finalizeInvoice(draft.id);
}

async function paidInvoice(bench: Bench, amounts = [5000]) {
  const customer = await customerWithCard(bench);
  const open = await opened(bench, customer, amounts);
  const invoice = await bench.stripe.invoices.pay(open.id, {
    expand: ["payments"],
  });
  const payment = invoice.payments?.data[0]?.payment;
  return { customer, invoice, intent: idOf(payment?.payment_intent) };
}

test("on an open invoice a note lowers what is due, and the payment that is asked for", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const { id, number } = await opened(bench, customer, [5000]);
  const fresh = eventsSince(bench);
  await fresh();
  const note = await stripe.creditNotes.create({
    invoice: id,
    amount: 2000,
    reason: "order_change",
    memo: "Two seats less",
    metadata: { ticket: "7" },
  });
  expect(note).toMatchObject({
    amount: 2000,
    customer,
    invoice: id,
    memo: "Two seats less",
    metadata: { ticket: "7" },
    number: `${number}-CN-01`,
    post_payment_amount: 0,
    pre_payment_amount: 2000,
    reason: "order_change",
    refunds: [],
    status: "issued",
    type: "pre_payment",
  });
  expect(await fresh()).toEqual(["invoice.updated", "credit_note.created"]);
  const invoice = await stripe.invoices.retrieve(id);
  expect(invoice).toMatchObject({
    amount_due: 3000,
    amount_remaining: 3000,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 2000,
    status: "open",
    total: 5000,
  });
  const paid = await stripe.invoices.pay(id);
  expect(paid).toMatchObject({ amount_paid: 3000, status: "paid" });
  const [charge] = (await stripe.charges.list({ customer })).data;
  expect(charge?.amount).toBe(3000);
});

test("a note over all that is due pays the invoice, and nothing is charged", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const { id } = await opened(bench, customer, [5000]);
  await stripe.creditNotes.create({ invoice: id, amount: 5000 });
  const invoice = await stripe.invoices.retrieve(id, { expand: ["payments"] });
  expect(invoice).toMatchObject({
    amount_due: 0,
    amount_paid: 0,
    amount_remaining: 0,
    status: "paid",
  });
  expect(invoice.payments?.data[0]?.status).toBe("canceled");
  expect((await stripe.charges.list({ customer })).data).toEqual([]);
});

test("a note on the open first invoice of a subscription begins it when nothing is left to pay", async () => {
  const bench = await emulate();
  const waiting = await subscribe(bench, {
    payment_behavior: "default_incomplete",
  });
  expect(waiting.status).toBe("incomplete");
  const { id } = await latestInvoice(bench, waiting.id);
  await bench.stripe.creditNotes.create({ invoice: id, amount: 2900 });
  const { status } = await bench.stripe.subscriptions.retrieve(waiting.id);
  expect(status).toBe("active");
});

test("voiding a note makes its amount due again, as long as the invoice is open", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const { id } = await opened(bench, customer, [5000]);
  const note = await stripe.creditNotes.create({ invoice: id, amount: 2000 });
  const fresh = eventsSince(bench);
  await fresh();
  const gone = await stripe.creditNotes.voidCreditNote(note.id);
  expect(gone.status).toBe("void");
  expect(gone.voided_at).toBeGreaterThan(0);
  expect(await fresh()).toEqual(["invoice.updated", "credit_note.voided"]);
  const invoice = await stripe.invoices.pay(id);
  expect(invoice).toMatchObject({
    amount_paid: 5000,
    pre_payment_credit_notes_amount: 0,
  });
  await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow(
    "already been voided",
  );
  const later = await stripe.creditNotes.create({
    invoice: id,
    amount: 100,
    out_of_band_amount: 100,
  });
  await expect(stripe.creditNotes.voidCreditNote(later.id)).rejects.toThrow(
    "still open",
  );
});

test("on a paid invoice a note refunds, credits and settles elsewhere what adds up to it", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer, invoice, intent } = await paidInvoice(bench);
  const fresh = eventsSince(bench);
  await fresh();
  const note = await stripe.creditNotes.create({
    invoice: invoice.id,
    amount: 4000,
    refund_amount: 2500,
    credit_amount: 1000,
    out_of_band_amount: 500,
    expand: ["refunds.refund", "customer_balance_transaction"],
  });
  expect(note).toMatchObject({
    customer_balance_transaction: {
      amount: -1000,
      credit_note: note.id,
      invoice: invoice.id,
      type: "credit_note",
    },
    out_of_band_amount: 500,
    post_payment_amount: 4000,
    pre_payment_amount: 0,
    refunds: [
      {
        amount_refunded: 2500,
        refund: { amount: 2500, payment_intent: intent, status: "succeeded" },
        type: "refund",
      },
    ],
    type: "post_payment",
  });
  expect(await fresh()).toEqual([
    "refund.created",
    "charge.refunded",
    "customer.updated",
    "invoice.updated",
    "credit_note.created",
  ]);
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    amount_paid: 5000,
    amount_remaining: 0,
    post_payment_credit_notes_amount: 4000,
    pre_payment_credit_notes_amount: 0,
    status: "paid",
  });
  const owner = await stripe.customers.retrieve(customer);
  expect(owner).toMatchObject({ balance: -1000 });
});

test("ways back that do not add up, or too much of them, leave nothing behind", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer, invoice } = await paidInvoice(bench);
  const create = (given: Partial<Stripe.CreditNoteCreateParams>) =>
    stripe.creditNotes.create({ invoice: invoice.id, ...given });
  await expect(create({ amount: 2000 })).rejects.toThrow(
    "($0.00) must equal the post payment amount ($20.00)",
  );
  await expect(
    create({ amount: 2000, refund_amount: 1000, credit_amount: 500 }),
  ).rejects.toThrow("($15.00) must equal the post payment amount ($20.00)");
  await expect(create({ amount: 5001, credit_amount: 5001 })).rejects.toThrow(
    "can still be credited on this invoice ($50.00)",
  );
  await expect(create({})).rejects.toMatchObject({ param: "amount" });
  await expect(
    create({ amount: 100, lines: [{ type: "custom_line_item" }] }),
  ).rejects.toThrow("amount, lines");
  await expect(
    create({ amount: 100, shipping_cost: { shipping_rate: "shr_1" } }),
  ).rejects.toMatchObject({ statusCode: 501 });
  expect((await stripe.creditNotes.list({ customer })).data).toEqual([]);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    balance: 0,
  });
});

test("a refund made before counts against what can be credited, once, whether a note names it or not", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { invoice, intent } = await paidInvoice(bench);
  const refund = await stripe.refunds.create({
    payment_intent: intent,
    amount: 3000,
  });
  const note = (amount: number, given = {}) =>
    stripe.creditNotes.create({ invoice: invoice.id, amount, ...given });
  await expect(note(2001, { credit_amount: 2001 })).rejects.toThrow("$20.00");
  const naming = await note(3000, { refunds: [{ refund: refund.id }] });
  expect(naming.refunds).toMatchObject([
    { amount_refunded: 3000, refund: refund.id },
  ]);
  await expect(
    note(3000, { refunds: [{ refund: refund.id }] }),
  ).rejects.toMatchObject({ param: "refunds[0][amount_refunded]" });
  await note(2000, { refund_amount: 2000 });
  const { data } = await stripe.refunds.list({ payment_intent: intent });
  expect(data.map(({ amount }) => amount)).toEqual([2000, 3000]);
  await expect(note(1, { credit_amount: 1 })).rejects.toThrow("$0.00");
});

test("lines of the invoice are credited by quantity or amount, with their share of its discount", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
  const subscription = await subscribe(bench, {
    items: [{ price: (await recurringPrice(bench)).id, quantity: 4 }],
    discounts: [{ coupon }],
  });
  const invoice = await latestInvoice(bench, subscription.id);
  const line = idOf(invoice.lines.data[0]);
  const preview = await stripe.creditNotes.preview({
    invoice: invoice.id,
    lines: [
      { type: "invoice_line_item", invoice_line_item: line, quantity: 1 },
      {
        type: "custom_line_item",
        description: "Sorry",
        unit_amount: 50,
        quantity: 2,
      },
    ],
    credit_amount: 2710,
  });
  expect(preview).toMatchObject({
    amount: 2710,
    discount_amount: 290,
    discount_amounts: [{ amount: 290 }],
    subtotal: 3000,
    total: 2710,
  });
  expect(preview.lines.data).toMatchObject([
    {
      amount: 2900,
      discount_amount: 290,
      invoice_line_item: line,
      quantity: 1,
      type: "invoice_line_item",
      unit_amount: 2900,
    },
    { amount: 100, description: "Sorry", quantity: 2, unit_amount: 50 },
  ]);
  expect((await stripe.creditNotes.list()).data).toEqual([]);

  const credit = (amount: number, credit_amount: number) =>
    stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: "invoice_line_item", invoice_line_item: line, amount }],
      credit_amount,
    });
  const note = await credit(10_000, 9000);
  expect(note.lines.data).toMatchObject([{ amount: 10_000, quantity: null }]);
  await expect(credit(1601, 1441)).rejects.toThrow("At most $16.00");
  const { data } = await stripe.creditNotes.listLineItems(note.id);
  expect(data).toEqual(note.lines.data);
});

test("notes are listed by invoice and customer, change only their words, and can be printed", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const { customer, invoice } = await paidInvoice(bench);
  const one = () =>
    stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 100,
      credit_amount: 100,
    });
  const [first, second] = [await one(), await one()];
  for (const by of [{ customer }, { invoice: invoice.id }]) {
    const { data } = await stripe.creditNotes.list(by);
    expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
  }
  const none = await stripe.creditNotes.list({ invoice: "in_none" });
  expect(none.data).toEqual([]);
  const fresh = eventsSince(bench);
  await fresh();
  await stripe.creditNotes.update(first.id, { memo: "For the outage" });
  expect(await fresh()).toEqual(["credit_note.updated"]);
  const again = await stripe.creditNotes.retrieve(first.id);
  expect(again.memo).toBe("For the outage");
  const page = await (await fetch(again.pdf)).text();
  for (const text of [first.number, "For the outage", "$1.00"])
    expect(page).toContain(text);
  const lines = await stripe.creditNotes.listPreviewLineItems({
    invoice: invoice.id,
    amount: 100,
    credit_amount: 100,
  });
  expect(lines.data).toMatchObject([{ amount: 100 }]);
});

test("neither a draft nor a void invoice takes a note", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const draft = await stripe.invoices.create({ customer });
  const open = await opened(bench, customer, [1000]);
  await stripe.invoices.voidInvoice(open.id);
  for (const invoice of [draft.id, open.id])
    await expect(
      stripe.creditNotes.create({ invoice, amount: 100 }),
    ).rejects.toThrow("open or paid");
  await expect(
    stripe.creditNotes.create({ invoice: "in_none", amount: 100 }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "invoice" });
});
