import { expect, test } from "vitest";
import {
  customerWithCard,
  eventsSince,
  latestInvoice,
  openInvoice,
  subscribe,
} from "./life";
import { emulate } from "./support";

test("on an open invoice a note lowers what is due, and the payment that is asked for", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const { id, number } = await openInvoice(bench, customer, [5000]);
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
  const { id } = await openInvoice(bench, customer, [5000]);
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
  const { id } = await openInvoice(bench, customer, [5000]);
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

test("neither a draft nor a void invoice takes a note", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const customer = await customerWithCard(bench);
  const draft = await stripe.invoices.create({ customer });
  const open = await openInvoice(bench, customer, [1000]);
  await stripe.invoices.voidInvoice(open.id);
  for (const invoice of [draft.id, open.id])
    await expect(
      stripe.creditNotes.create({ invoice, amount: 100 }),
    ).rejects.toThrow("open or paid");
  await expect(
    stripe.creditNotes.create({ invoice: "in_none", amount: 100 }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "invoice" });
});
