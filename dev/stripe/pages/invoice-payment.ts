import { isRefusal } from "../errors";
import { formatMoney } from "../money";
import type { Invoice } from "../objects";
import { challengeOf } from "../resources/challenges";
import { collectInvoice, payerOf } from "../resources/invoice-collect";
import { paymentOf } from "../resources/invoice-open";
import { attachPaymentMethod, createCard } from "../resources/saved-cards";
import { subscriptionOf } from "../resources/subscription-status";
import { attempt } from "./ask";
import { cardErrorOf, cardFields, readCard } from "./card-form";
import { flashed, readFlash } from "./flash";
import { html, type Html } from "./html";
import type { Page, Visit } from "./page";
import { cardText } from "./portal-visit";

/** How an open invoice is paid: by answering the bank, with the saved card, or with another one. */
export function paymentForm(
  { ctx, url }: Pick<Visit, "ctx" | "url">,
  invoice: Invoice,
): Html {
  const flash = readFlash(url);
  const intent = paymentOf(ctx, invoice)?.intent;
  const payer = payerOf(ctx, invoice, subscriptionOf(ctx, invoice));
  const amount = formatMoney(invoice.amount_remaining, invoice.currency);
  return html`<section aria-labelledby="pay" class="no-print">
    <h2 id="pay">Pay this invoice</h2>
    ${
      intent?.status === "requires_action" &&
      html`<p>Your bank asks you to confirm this payment.</p>
        <form method="post" action="/i/${invoice.id}/authenticate">
          <button type="submit">Confirm with your bank</button>
        </form>`
    }
    ${
      payer &&
      html`<form method="post" action="/i/${invoice.id}">
        <input type="hidden" name="saved" value="yes" />
        <button class="plain" type="submit">
          Pay ${amount} with ${cardText(payer)}
        </button>
      </form>`
    }
    <form method="post" action="/i/${invoice.id}" novalidate>
      ${cardFields(flash)}
      <button type="submit">Pay ${amount}</button>
    </form>
  </section>`;
}

/** Pays once: an invoice that is no longer open is only shown. */
export function payInvoice(visit: Visit): Page {
  const { ctx, form, url } = visit;
  const [id] = visit.ids;
  const invoice = ctx.store.get("invoice", id);
  if (invoice?.status !== "open") return { redirect: url.pathname };
  const saved = form.get("saved") === "yes";
  const { card, errors } = readCard(form, new Date(ctx.clock.nowMs()));
  const typed = Object.fromEntries(form);
  if (!saved && Object.keys(errors).length > 0)
    return flashed(url.pathname, { errors, typed });
  const refusal = attempt(ctx, () => {
    const payer = saved
      ? undefined
      : attachPaymentMethod(ctx, createCard(ctx, card).id, invoice.customer);
    if (payer && isRefusal(payer)) return payer;
    return collectInvoice(ctx, invoice, {
      automatic: false,
      ...(payer && { payer }),
    });
  });
  const after = ctx.store.get("invoice", id);
  if (after?.status === "paid")
    return flashed(url.pathname, { notice: "The invoice is paid." });
  const intent = after && paymentOf(ctx, after)?.intent;
  if (intent?.status === "requires_action") return authenticateInvoice(visit);
  const alert = "The payment was declined. Nothing was charged.";
  return flashed(url.pathname, {
    alert,
    errors: refusal && !saved ? cardErrorOf(refusal) : {},
    typed,
  });
}

/** To the bank, and from there back to the invoice. */
export function authenticateInvoice({ ctx, ids: [id] }: Visit): Page {
  const invoice = ctx.store.get("invoice", id);
  const intent = invoice && paymentOf(ctx, invoice)?.intent;
  if (intent?.status !== "requires_action") return { redirect: `/i/${id}` };
  attempt(ctx, () =>
    ctx.store.put("payment_intent", {
      ...intent,
      next_action: challengeOf(ctx, intent.id, `${ctx.origin}/i/${id}`),
    }),
  );
  return { redirect: `/3ds/${intent.id}` };
}
