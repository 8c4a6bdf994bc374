import { MERCHANT } from "../context";
import { formatMoney } from "../money";
import { formatDate } from "./dates";
import { html } from "./html";
import { layout, notFound } from "./layout";
import { ok, type Page, type Visit } from "./page";

/** What a charge took, and what of it went back. */
export function showReceipt({ ctx, ids: [id] }: Visit): Page {
  const charge = ctx.store.get("charge", id);
  if (!charge?.paid) {
    return notFound("There is no receipt at this address.");
  }
  const money = (amount: number) => formatMoney(amount, charge.currency);
  const refunded = charge.amount_refunded;
  return ok(
    layout(
      "Receipt",
      html`<section>
        <h1>Receipt from ${MERCHANT}</h1>
        <dl>
          <dt>Amount paid</dt>
          <dd>${money(charge.amount)}</dd>
          ${
            refunded > 0 &&
            html`<dt>Refunded</dt>
              <dd>${money(refunded)}</dd>`
          }
          <dt>Date</dt>
          <dd>${formatDate(charge.created)}</dd>
          <dt>For</dt>
          <dd>${charge.description ?? "Payment"}</dd>
        </dl>
      </section>`,
    ),
  );
}
