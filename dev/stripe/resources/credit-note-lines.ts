import { checkExclusive, checkRange } from "../checks";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest, missingParam } from "../errors";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import { formatMoney, share } from "../money";
import type { CreditNoteLine, Invoice } from "../objects";

type AskedLine = NonNullable<Params<"creditNotes.create">["lines"]>[number];

/** The lines of a note that was asked for by its amount, or by lines of the invoice and of its own. */
export function noteLines(
  ctx: Context,
  invoice: Invoice,
  { amount, lines }: Pick<Params<"creditNotes.create">, "amount" | "lines">,
): CreditNoteLine[] {
  checkExclusive({ amount, lines }, ["amount", "lines"]);
  checkRange(amount, "amount", { min: 1 });
  if (amount !== undefined) return [customLine({ amount })];
  if (!lines?.length) throw missingParam("amount");
  const credited = new Map<string, number>();
  return lines.map((asked, at) => {
    const param = `lines[${at}]`;
    const line =
      asked.type === "custom_line_item"
        ? ownLine(asked, param)
        : invoiceLine(invoice, asked, param);
    const id = line.invoice_line_item;
    if (id === undefined) return line;
    const before = credited.get(id) ?? creditedOf(ctx, invoice, id);
    credited.set(id, before + line.amount);
    const whole = invoice.lines.data.find((one) => one.id === id)?.amount ?? 0;
    if (before + line.amount <= whole) return line;
    const left = formatMoney(whole - before, invoice.currency);
    throw invalidRequest(`At most ${left} of this line can be credited.`, {
      param,
    });
  });
}

function ownLine(asked: AskedLine, param: string): CreditNoteLine {
  checkExclusive(asked, ["unit_amount", "unit_amount_decimal"]);
  const unit = asked.unit_amount_decimal ?? asked.unit_amount;
  if (unit === undefined) throw missingParam(`${param}[unit_amount]`);
  const quantity = asked.quantity ?? 1;
  const amount = Math.round(Number(unit) * quantity);
  checkRange(amount, `${param}[unit_amount]`, { min: 1 });
  return {
    ...customLine({ amount }),
    description: asked.description ?? null,
    metadata: mergeMetadata({}, asked.metadata),
    quantity,
    unit_amount: Number.isInteger(Number(unit)) ? Number(unit) : null,
    unit_amount_decimal: String(unit),
  };
}

function customLine({ amount }: { amount: number }): CreditNoteLine {
  return {
    id: newId("cnli"),
    object: "credit_note_line_item",
    amount,
    description: null,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: null,
    tax_rates: [],
    taxes: [],
    type: "custom_line_item",
    unit_amount: null,
    unit_amount_decimal: null,
  };
}

/** Part of a line, by amount or quantity; its discounts are taken back in the same proportion. */
function invoiceLine(
  invoice: Invoice,
  asked: AskedLine,
  param: string,
): CreditNoteLine {
  const { invoice_line_item: id } = asked;
  if (!id) throw missingParam(`${param}[invoice_line_item]`);
  const line = invoice.lines.data.find((one) => one.id === id);
  if (!line)
    throw invalidRequest(`No such invoice line item: '${id}'`, {
      code: "resource_missing",
      param: `${param}[invoice_line_item]`,
    });
  checkExclusive(asked, ["amount", "quantity"]);
  const whole = line.quantity ?? 1;
  const { quantity } = asked;
  if (asked.amount === undefined && quantity === undefined)
    throw missingParam(`${param}[quantity]`);
  checkRange(quantity, `${param}[quantity]`, { min: 1, max: whole });
  checkRange(asked.amount, `${param}[amount]`, { min: 1 });
  const amount = asked.amount ?? share(line.amount, quantity ?? whole, whole);
  const discount_amounts = (line.discount_amounts ?? []).map((one) => ({
    amount: share(one.amount, amount, line.amount),
    discount: one.discount,
  }));
  const unit = quantity === undefined ? null : share(line.amount, 1, whole);
  return {
    ...customLine({ amount }),
    description: line.description,
    discount_amount: discount_amounts.reduce((sum, one) => sum + one.amount, 0),
    discount_amounts,
    invoice_line_item: id,
    metadata: mergeMetadata({}, asked.metadata),
    pretax_credit_amounts: discount_amounts.map((one) => ({
      ...one,
      type: "discount",
    })),
    quantity: quantity ?? null,
    type: "invoice_line_item",
    unit_amount: unit,
    unit_amount_decimal: unit === null ? null : String(unit),
  };
}

/** What earlier notes took back of one line of the invoice. */
function creditedOf({ store }: Context, invoice: Invoice, id: string): number {
  return store
    .all("credit_note", { index: "invoice", key: invoice.id })
    .filter(({ status }) => status === "issued")
    .flatMap(({ lines }) => lines.data)
    .filter((line) => line.invoice_line_item === id)
    .reduce((sum, line) => sum + line.amount, 0);
}
