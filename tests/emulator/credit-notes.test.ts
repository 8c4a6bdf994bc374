import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  customerWithCard,
  eventsSince,
  latestInvoice,
  openInvoice,
  subscribe,
} from "./life";
import { emulate, idOf, recurringPrice, type Bench } from "./support";

async function paidInvoice(bench: Bench, amounts = [5000]) {
  const customer = await customerWithCard(bench);
  const open = await openInvoice(bench, customer, amounts);
  const invoice = await bench.stripe.invoices.pay(open.id, {
    expand: ["payments"],
  });
  const payment = invoice.payments?.data[0]?.payment;
  return { customer, invoice, intent: idOf(payment?.payment_intent) };
}

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
