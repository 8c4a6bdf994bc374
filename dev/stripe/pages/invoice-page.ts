import { MERCHANT } from "../context";
import { formatMoney } from "../money";
import { formatDate } from "./dates";
import { html } from "./html";
import { paymentForm } from "./invoice-payment";
import { alerts, layout, notFound } from "./layout";
import { readFlash } from "./flash";
import { ok, type Page, type Visit } from "./page";

export function showInvoice({ ctx, ids, url }: Visit): Page {
  const printable = url.pathname.endsWith("/pdf");
  const invoice = ctx.store.get("invoice", ids[0]);
  if (!invoice) {
    return notFound("There is no invoice at this address.");
  }
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const credited =
    invoice.pre_payment_credit_notes_amount +
    invoice.post_payment_credit_notes_amount;
  return ok(
    layout(
      `Invoice ${invoice.number ?? invoice.id}`,
      html`${alerts(readFlash(url))}
        <section>
          <h1>Invoice ${invoice.number ?? invoice.id}</h1>
          <dl>
            <dt>From</dt>
            <dd>${MERCHANT}</dd>
            <dt>To</dt>
            <dd>
              ${invoice.customer_name ?? invoice.customer_email ?? invoice.customer}
            </dd>
            <dt>Date</dt>
            <dd>${formatDate(invoice.created)}</dd>
            <dt>Status</dt>
            <dd>${invoice.status}</dd>
          </dl>
          <table>
            <thead>
              <tr>
                <th scope="col">Item</th>
                <th scope="col" class="amount">Amount</th>
              </tr>
            </thead>
            <tbody>
              ${invoice.lines.data.map(
                (line) =>
                  html`<tr>
                    <td>
                      ${line.description}<br />
                      <span class="soft"
                        >${formatDate(line.period.start)} to
                        ${formatDate(line.period.end)}</span
                      >
                    </td>
                    <td class="amount">${money(line.amount)}</td>
                  </tr>`,
              )}
              ${invoice.total_discount_amounts?.map(
                ({ amount }) =>
                  html`<tr>
                    <td>Discount</td>
                    <td class="amount">${money(-amount)}</td>
                  </tr>`,
              )}
              <tr class="total">
                <th scope="row">Total</th>
                <td class="amount">${money(invoice.total)}</td>
              </tr>
              ${
                credited > 0 &&
                html`<tr class="total">
                  <th scope="row">Credited</th>
                  <td class="amount">${money(-credited)}</td>
                </tr>`
              }
              <tr class="total">
                <th scope="row">Amount paid</th>
                <td class="amount">${money(invoice.amount_paid)}</td>
              </tr>
              <tr class="total">
                <th scope="row">Amount due</th>
                <td class="amount">${money(invoice.amount_remaining)}</td>
              </tr>
            </tbody>
          </table>
          ${
            !printable &&
            html`<p class="no-print">
              <a href="/i/${invoice.id}/pdf">Printable version</a>
            </p>`
          }
        </section>
        ${!printable && invoice.status === "open" && paymentForm({ ctx, url }, invoice)}`,
    ),
  );
}
