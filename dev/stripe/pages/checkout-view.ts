import { MERCHANT, type Context } from "../context";
import { formatInterval, formatMoney } from "../money";
import { priceAmount, unitText } from "../resources/price-amount";
import type { CheckoutSession, LineItem, PaymentMethod } from "../objects";
import type { CheckoutPlan } from "../records";
import { bankFields, bankHint } from "./bank-form";
import { cardFields, cardHint } from "./card-form";
import { formatDate } from "./dates";
import { addressFields, choice, field } from "./fields";
import { hasFailed, type Flash } from "./flash";
import { html, type Html } from "./html";
import { alerts, layout } from "./layout";
import { cardText } from "./portal-visit";

export type CheckoutView = {
  ctx: Pick<Context, "store">;
  session: CheckoutSession;
  plan: CheckoutPlan;
  asksEmail: boolean;
  /** What pays, or nothing when nothing has to. */
  asks: "bank" | "card" | null;
  knownEmail: string | null;
  /** The customer's cards that may be offered again. */
  saved: PaymentMethod[];
  trialEnd: number | null;
  flash: Flash;
  /** What forms and links of the page carry on in their addresses. */
  query: string;
};

export function checkoutView(view: CheckoutView): string {
  const { session, flash } = view;
  const title = session.mode === "setup" ? "Save a card" : `Pay ${MERCHANT}`;
  return layout(
    `${hasFailed(flash) ? "Error: " : ""}${title}`,
    html`${session.cancel_url && html`<p><a href="${session.cancel_url}">Back to the shop</a></p>`}
      <h1>${title}</h1>
      ${session.mode !== "setup" && summary(view)}
      <section aria-labelledby="payment">
        <h2 id="payment">${view.asks ? "Payment details" : "Confirm"}</h2>
        ${alerts(flash)}
        <form
          method="post"
          novalidate
          ${flash.alert && html`aria-describedby="refusal"`}
        >
          ${view.knownEmail && html`<p class="soft">For ${view.knownEmail}</p>`}
          ${
            view.asksEmail &&
            field(flash, {
              name: "email",
              label: "Email",
              autocomplete: "email",
              attributes: html`type="email"`,
            })
          }
          ${detailFields(view)} ${view.asks === "card" && savedCards(view)}
          ${view.asks === "card" && cardFields(flash)}
          ${view.asks === "card" && saveBox(session)}
          ${view.asks === "bank" && bankFields(flash)}
          ${
            view.asks &&
            view.trialEnd !== null &&
            html`<p class="soft">
              Your card is charged when the trial ends, unless you cancel.
            </p>`
          }
          <button type="submit">${buttonLabel(view)}</button>
        </form>
        ${view.asks && otherMethod(view)}
      </section>
      ${view.asks === "card" && cardHint()}
      ${view.asks === "bank" && bankHint()}`,
    view.query.includes("framed"),
  );
}

function savedCards({ saved }: CheckoutView): Html | false {
  if (saved.length === 0) return false;
  const cards = saved.map((one) => ({ value: one.id, label: cardText(one) }));
  return choice(
    { name: "saved", legend: "Pay with", chosen: saved.at(-1)?.id },
    [...cards, { value: "", label: "Another card, entered below" }],
  );
}

function saveBox(session: CheckoutSession): Html | false {
  const options = session.saved_payment_method_options;
  if (options?.payment_method_save !== "enabled") return false;
  return html`<label class="option">
    <input type="checkbox" name="save" value="yes" />
    <span>Save this card for later purchases</span>
  </label>`;
}

function otherMethod({ asks, session, query }: CheckoutView): Html | false {
  const frame = query.includes("framed") ? "&framed=yes" : "";
  if (session.payment_method_types.length < 2) return false;
  return html`<p>
    ${
      asks === "card"
        ? html`<a href="?method=bank${frame}"
            >Pay from a bank account instead</a
          >`
        : html`<a href="?${frame}">Pay by card instead</a>`
    }
  </p>`;
}

/** Billing addresses are asked for where the session requires them. */
export function asksAddress(session: CheckoutSession): boolean {
  return session.billing_address_collection === "required";
}

function detailFields({ session, flash }: CheckoutView): Html {
  return html`${
    session.phone_number_collection?.enabled &&
    field(flash, { name: "phone", label: "Phone", autocomplete: "tel" })
  }
  ${
    asksAddress(session) &&
    html`<fieldset>
      <legend>Billing address</legend>
      ${addressFields(flash, { prefix: "billing" })}
    </fieldset>`
  }
  ${
    session.shipping_address_collection &&
    html`<fieldset>
      <legend>Shipping address</legend>
      ${field(flash, { name: "shipping_name", label: "Recipient", autocomplete: "shipping name" })}
      ${addressFields(flash, { prefix: "shipping" })}
    </fieldset>`
  }
  ${
    session.tax_id_collection?.enabled &&
    field(flash, {
      name: "tax_id",
      label: "EU VAT number",
      attributes: html`placeholder="DE123456789"`,
      optional: true,
    })
  }`;
}

function summary(view: CheckoutView): Html {
  const { session, plan } = view;
  const currency = session.currency ?? "usd";
  const off = session.total_details?.amount_discount ?? 0;
  return html`<section aria-labelledby="items">
    <h2 id="items">What you buy</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${plan.lines.map((line) => row(view, line))}
        ${
          off > 0 &&
          html`<tr>
            <th scope="row">Discount</th>
            <td class="amount">−${formatMoney(off, currency)}</td>
          </tr>`
        }
        <tr class="total">
          <th scope="row">Due today</th>
          <td class="amount">
            ${formatMoney(session.amount_total ?? 0, currency)}
          </td>
        </tr>
      </tbody>
    </table>
    ${terms(view)} ${promotion(view)}
  </section>`;
}

function promotion({
  session,
  plan,
  flash,
  query,
}: CheckoutView): Html | false {
  if (!session.allow_promotion_codes) return false;
  const action = `/c/pay/${session.id}/change/promotion${query}`;
  if (plan.discount)
    return html`<form method="post" action="${action}">
      <button class="plain">Remove the promotion code</button>
    </form>`;
  return html`<form method="post" action="${action}" novalidate>
    ${field(flash, { name: "code", label: "Promotion code" })}
    <button class="plain">Apply</button>
  </form>`;
}

function howMany(
  { session, flash, query }: CheckoutView,
  line: LineItem,
): Html | false {
  if (!line.adjustable_quantity?.enabled) return false;
  const name = `quantity_${line.id}`;
  const error = flash.errors[name];
  return html`<form
    method="post"
    action="/c/pay/${session.id}/change/quantity${query}"
    novalidate
  >
    <input type="hidden" name="line" value="${line.id}" />
    <label for="${name}">Quantity of ${line.description}</label>
    <input
      id="${name}"
      name="quantity"
      inputmode="numeric"
      value="${line.quantity}"
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
    <button class="plain">Change the quantity</button>
  </form>`;
}

function row(view: CheckoutView, line: LineItem): Html {
  const { ctx } = view;
  const { price, quantity } = line;
  const each = unitText(price);
  const every = price.recurring
    ? ` per ${formatInterval(price.recurring)}`
    : "";
  return html`<tr>
    <td>
      ${line.description ?? price.id}${quantity > 1 && html` × ${quantity}`}
      <br /><span class="soft"
        >${each && `${each}${every}`}${each && quantity > 1 && html` each`}</span
      >
      ${howMany(view, line)}
    </td>
    <td class="amount">
      ${formatMoney(priceAmount(ctx, price, quantity), price.currency)}
    </td>
  </tr>`;
}

function terms(view: CheckoutView): Html | false {
  const { plan, trialEnd } = view;
  const recurring = recurringText(view);
  if (!recurring) return false;
  if (trialEnd === null) {
    const before = plan.discount && " before discounts";
    return html`<p>Renews for ${recurring}${before} until you cancel.</p>`;
  }
  const days = plan.subscription.trial_period_days;
  const length = days ? `${days} ${days === 1 ? "day" : "days"} free` : "Free";
  return html`<p>
    ${length} until ${formatDate(trialEnd)}, then ${recurring} until you cancel.
  </p>`;
}

/** `$29.00 per month`, all recurring lines of one interval added up. */
function recurringText({ ctx, plan }: CheckoutView): string | null {
  const lines = plan.lines.filter((line) => line.price.recurring);
  const sums = new Map<string, number>();
  for (const { price, quantity } of lines) {
    if (!price.recurring) continue;
    const every = formatInterval(price.recurring);
    sums.set(every, (sums.get(every) ?? 0) + priceAmount(ctx, price, quantity));
  }
  const currency = lines[0]?.currency ?? "usd";
  const texts = [...sums].map(
    ([every, sum]) => `${formatMoney(sum, currency)} per ${every}`,
  );
  return texts.length > 0 ? texts.join(" and ") : null;
}

function buttonLabel(view: CheckoutView): string {
  const { session, plan, trialEnd } = view;
  if (session.mode === "setup") return "Save card";
  if (session.mode === "payment") {
    return `Pay ${formatMoney(session.amount_total ?? 0, session.currency ?? "usd")}`;
  }
  if (trialEnd === null && plan.discount)
    return `Subscribe and pay ${formatMoney(session.amount_total ?? 0, session.currency ?? "usd")}`;
  return trialEnd === null
    ? `Subscribe for ${recurringText(view)}`
    : "Start trial";
}
