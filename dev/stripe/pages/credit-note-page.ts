import { MERCHANT } from "../context";
import { formatMoney } from "../money";
import { formatDate } from "./dates";
import { html } from "./html";
import { layout, notFound } from "./layout";
import { ok, type Page, type Visit } from "./page";

/** What was taken back of an invoice, and in which way. */
export function showCreditNote({ ctx, ids: [id] }: Visit): Page {
  const note = ctx.store.get("credit_note", id);
  const invoice = note && ctx.store.get("invoice", note.invoice);
  if (!note || !invoice) {
    return notFound("There is no credit note at this address.");
  }
  const money = (amount: number) => formatMoney(amount, note.currency);
  const credited = ctx.store.get(
    "customer_balance_transaction",
    note.customer_balance_transaction ?? "",
  );
  const refunded = note.refunds.reduce(
    (sum, one) => sum + one.amount_refunded,
    0,
  );
  const ways = Object.entries({
    "Taken off the amount due": note.pre_payment_amount,
    Refunded: refunded,
    "Credited to your balance": -(credited?.amount ?? 0),
    "Settled elsewhere": note.out_of_band_amount ?? 0,
  }).filter(([, amount]) => amount > 0);
  return ok(
    layout(
      `Credit note ${note.number}`,
      html`<section>
        <h1>Credit note ${note.number}</h1>
        <dl>
          <dt>From</dt>
          <dd>${MERCHANT}</dd>
          <dt>To</dt>
          <dd>
            ${invoice.customer_name ?? invoice.customer_email ?? note.customer}
          </dd>
          <dt>Invoice</dt>
          <dd><a href="/i/${invoice.id}">${invoice.number}</a></dd>
          <dt>Date</dt>
          <dd>${formatDate(note.effective_at ?? note.created)}</dd>
          ${
            note.status === "void" &&
            html`<dt>Status</dt>
              <dd>void</dd>`
          }
          ${
            note.memo &&
            html`<dt>Memo</dt>
              <dd>${note.memo}</dd>`
          }
        </dl>
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" class="amount">Amount</th>
            </tr>
          </thead>
          <tbody>
            ${note.lines.data.map(
              (line) =>
                html`<tr>
                  <td>${line.description ?? "Credit"}</td>
                  <td class="amount">${money(line.amount)}</td>
                </tr>`,
            )}
            ${
              note.discount_amount > 0 &&
              html`<tr>
                <td>Discount</td>
                <td class="amount">${money(-note.discount_amount)}</td>
              </tr>`
            }
            <tr class="total">
              <th scope="row">Total</th>
              <td class="amount">${money(note.total)}</td>
            </tr>
            ${ways.map(
              ([way, amount]) =>
                html`<tr>
                  <td>${way}</td>
                  <td class="amount">${money(amount)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>`,
    ),
  );
}
