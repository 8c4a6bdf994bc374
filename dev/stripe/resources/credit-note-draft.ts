import { checkRange } from "../checks";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest } from "../errors";
import { newId } from "../ids";
import { embedded } from "../lists";
import { requireOne } from "../lookup";
import { mergeMetadata } from "../metadata";
import { formatMoney } from "../money";
import type { CreditNote, CreditNoteLine, Invoice } from "../objects";
import { noteLines } from "./credit-note-lines";
import { paymentOf } from "./invoice-open";

type Asked = Params<"creditNotes.create">;

/**
 * A note as it would be issued, not stored and without consequences. It first reduces what an invoice still asks
 * for; what is beyond that must go back in the named ways, to the cent.
 */
export function draftNote(
  ctx: Context,
  invoice: Invoice,
  asked: Asked,
): CreditNote {
  if (invoice.status !== "open" && invoice.status !== "paid")
    throw invalidRequest(
      `You can only create credit notes for invoices that are open or paid. This invoice is ${invoice.status}.`,
      { param: "invoice" },
    );
  const lines = noteLines(ctx, invoice, asked);
  const sums = sumsOf(lines);
  const refunds = linkedRefunds(ctx, invoice, asked.refunds ?? []);
  checkCreditable(ctx, invoice, sums.total, refunds);
  const pre = Math.min(sums.total, invoice.amount_remaining);
  checkWaysBack(invoice, asked, { post: sums.total - pre, refunds });
  const id = newId("cn");
  const earlier = notesOf(ctx, invoice).length;
  return {
    ...sums,
    id,
    object: "credit_note",
    amount: sums.total,
    amount_shipping: 0,
    created: ctx.clock.now(),
    currency: invoice.currency,
    customer: invoice.customer,
    customer_account: null,
    customer_balance_transaction: null,
    effective_at: asked.effective_at ?? ctx.clock.now(),
    invoice: invoice.id,
    lines: embedded(lines, `/v1/credit_notes/${id}/lines`),
    livemode: false,
    memo: asked.memo ?? null,
    metadata: mergeMetadata({}, asked.metadata),
    number: `${invoice.number}-CN-${String(earlier + 1).padStart(2, "0")}`,
    out_of_band_amount: asked.out_of_band_amount ?? null,
    pdf: `${ctx.origin}/credit-notes/${id}`,
    post_payment_amount: sums.total - pre,
    pre_payment_amount: pre,
    reason: asked.reason ?? null,
    refunds,
    shipping_cost: null,
    status: "issued",
    total_taxes: [],
    type:
      pre === 0 ? "post_payment" : pre === sums.total ? "pre_payment" : "mixed",
    voided_at: null,
  };
}

function notesOf({ store }: Context, invoice: Invoice): CreditNote[] {
  return store.all("credit_note", { index: "invoice", key: invoice.id });
}

function sumsOf(lines: CreditNoteLine[]) {
  const subtotal = sum(lines.map(({ amount }) => amount));
  const taken = lines.flatMap((line) => line.discount_amounts);
  const discounts = new Set(taken.map(({ discount }) => discount));
  const discount_amounts = [...discounts].map((discount) => ({
    amount: sum(
      taken
        .filter((one) => one.discount === discount)
        .map(({ amount }) => amount),
    ),
    discount,
  }));
  const discount_amount = sum(discount_amounts.map(({ amount }) => amount));
  return {
    discount_amount,
    discount_amounts,
    pretax_credit_amounts: discount_amounts.map((one) => ({
      ...one,
      type: "discount" as const,
    })),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total: subtotal - discount_amount,
    total_excluding_tax: subtotal - discount_amount,
  };
}

/** Refunds that were made before and belong to this note now; each counts once, over all notes. */
function linkedRefunds(
  ctx: Context,
  invoice: Invoice,
  asked: NonNullable<Asked["refunds"]>,
): CreditNote["refunds"] {
  const linked = linkedBefore(ctx, invoice);
  return asked.map(({ refund: id = "", amount_refunded }, at) => {
    const param = `refunds[${at}][refund]`;
    const refund = requireOne(ctx, "refund", id, { param, status: 400 });
    if (refund.payment_intent !== paymentOf(ctx, invoice)?.intent.id)
      throw invalidRequest(`The refund ${id} is not of this invoice.`, {
        param,
      });
    const free = refund.amount - (linked.get(id) ?? 0);
    const amount = amount_refunded ?? free;
    checkRange(amount, `refunds[${at}][amount_refunded]`, {
      min: 1,
      max: free,
    });
    linked.set(id, refund.amount - free + amount);
    return linkTo(id, amount);
  });
}

export function linkTo(
  refund: string,
  amount_refunded: number,
): CreditNote["refunds"][number] {
  return {
    amount_refunded,
    payment_record_refund: null,
    refund,
    type: "refund",
  };
}

function linkedBefore(ctx: Context, invoice: Invoice): Map<string, number> {
  const linked = new Map<string, number>();
  for (const { amount_refunded, refund } of notesOf(ctx, invoice).flatMap(
    (note) => note.refunds,
  ))
    linked.set(refund, (linked.get(refund) ?? 0) + amount_refunded);
  return linked;
}

/** Notes and refunds together never exceed the invoice; a refund that a note names counts once. */
function checkCreditable(
  ctx: Context,
  invoice: Invoice,
  amount: number,
  naming: CreditNote["refunds"],
): void {
  const charge = paymentOf(ctx, invoice)?.intent.latest_charge ?? "";
  const refunded = ctx.store.get("charge", charge)?.amount_refunded ?? 0;
  const linked = sum([
    ...linkedBefore(ctx, invoice).values(),
    ...naming.map((one) => one.amount_refunded),
  ]);
  const left =
    invoice.total -
    invoice.pre_payment_credit_notes_amount -
    invoice.post_payment_credit_notes_amount -
    Math.max(refunded - linked, 0);
  if (amount <= left) return;
  const shown = (cents: number) => formatMoney(cents, invoice.currency);
  throw invalidRequest(
    `The credit note amount (${shown(amount)}) is greater than what can still be credited on this invoice (${shown(left)}).`,
    { param: "amount" },
  );
}

function checkWaysBack(
  invoice: Invoice,
  asked: Asked,
  { post, refunds }: { post: number; refunds: CreditNote["refunds"] },
): void {
  const { refund_amount, credit_amount, out_of_band_amount } = asked;
  const ways = { refund_amount, credit_amount, out_of_band_amount };
  for (const [name, amount] of Object.entries(ways))
    checkRange(amount, name, { min: 0 });
  const back = sum([
    ...Object.values(ways).map((amount) => amount ?? 0),
    ...refunds.map((one) => one.amount_refunded),
  ]);
  if (back === post) return;
  const shown = (cents: number) => formatMoney(cents, invoice.currency);
  throw invalidRequest(
    `The sum of refunds, credit amount and out of band amount (${shown(back)}) must equal the post payment amount (${shown(post)}).`,
  );
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
