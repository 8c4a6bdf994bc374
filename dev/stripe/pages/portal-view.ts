import { formatInterval, formatMoney, priceAmount } from "../money";
import type {
  Customer,
  Invoice,
  PaymentMethod,
  PortalConfiguration,
  Subscription,
} from "../objects";
import { cardFields, type FieldErrors, type Typed } from "./card-form";
import { formatDate } from "./dates";
import { html, type Html } from "./html";
import { layout } from "./layout";

export type PortalView = {
  customer: Customer;
  features: PortalConfiguration["features"];
  subscriptions: {
    subscription: Subscription;
    name: string;
    card: PaymentMethod | null;
  }[];
  card: PaymentMethod | null;
  invoices: Invoice[];
  returnUrl: string | null;
  notice: string | null;
  typed: Typed;
  errors: FieldErrors;
};

export function portalView(view: PortalView): string {
  const { customer, returnUrl, subscriptions } = view;
  const failed = Object.keys(view.errors).length > 0;
  return layout(
    `${failed ? "Error: " : ""}Manage billing`,
    html`${
        returnUrl &&
        html`<p>
          <a href="${returnUrl}">Return to ${new URL(returnUrl).host}</a>
        </p>`
      }
      <h1>Manage billing</h1>
      <p class="soft">${customer.name ?? customer.email ?? customer.id}</p>
      ${view.notice && html`<p class="notice" role="status">${view.notice}</p>`}
      ${
        subscriptions.length === 0 &&
        html`<section>
          <h2>Subscription</h2>
          <p>There is no current subscription.</p>
        </section>`
      }
      ${subscriptions.map((one) => subscriptionSection(one, view.features))}
      ${cardSection(view)}
      ${view.features.invoice_history.enabled && invoiceSection(view.invoices)}`,
  );
}

const STATUS: Record<string, string> = {
  active: "Active",
  incomplete: "Incomplete",
  past_due: "Past due",
  paused: "Paused",
  trialing: "On trial",
  unpaid: "Unpaid",
};

function subscriptionSection(
  one: PortalView["subscriptions"][number],
  features: PortalView["features"],
): Html {
  const { subscription, name, card } = one;
  const [item] = subscription.items.data;
  const ends = subscription.cancel_at;
  const { mode, enabled } = features.subscription_cancel;
  return html`<section aria-labelledby="${subscription.id}">
    <h2 id="${subscription.id}">${name}</h2>
    <dl>
      <dt>Price</dt>
      <dd>${item && priceText(item)}</dd>
      <dt>Status</dt>
      <dd>${STATUS[subscription.status] ?? subscription.status}</dd>
      <dt>
        ${ends === null ? (subscription.status === "trialing" ? "Trial ends" : "Renews") : "Ends"}
      </dt>
      <dd>
        ${formatDate(ends ?? item?.current_period_end ?? subscription.created)}
      </dd>
      ${
        card &&
        html`<dt>Paid with</dt>
          <dd>${cardText(card)}</dd>`
      }
    </dl>
    ${enabled && ends === null && action("cancel", subscription.id, mode === "immediately" ? "Cancel now" : "Cancel subscription")}
    ${ends !== null && action("renew", subscription.id, "Renew subscription")}
  </section>`;
}

function action(name: string, subscription: string, label: string): Html {
  return html`<form method="post">
    <input type="hidden" name="action" value="${name}" />
    <input type="hidden" name="subscription" value="${subscription}" />
    <button class="plain" type="submit">${label}</button>
  </form>`;
}

function cardSection({ card, features, typed, errors }: PortalView): Html {
  return html`<section aria-labelledby="card">
    <h2 id="card">Payment method</h2>
    <p>
      ${card ? `${cardText(card)}, expires ${expiryText(card)}` : "No card is saved."}
    </p>
    ${
      features.payment_method_update.enabled &&
      html`<form method="post" novalidate>
        <input type="hidden" name="action" value="card" />
        ${cardFields(typed, errors)}
        <button type="submit">Save card</button>
      </form>`
    }
  </section>`;
}

function invoiceSection(invoices: Invoice[]): Html {
  return html`<section aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    ${invoices.length === 0 && html`<p>There are no invoices yet.</p>`}
    <ul>
      ${invoices.map(
        (invoice) =>
          html`<li>
            <a href="${invoice.hosted_invoice_url ?? ""}"
              >${invoice.number ?? invoice.id}</a
            >, ${formatDate(invoice.created)},
            ${formatMoney(invoice.total, invoice.currency)}, ${invoice.status}
          </li>`,
      )}
    </ul>
  </section>`;
}

function priceText(item: Subscription["items"]["data"][number]): string {
  const amount = formatMoney(
    priceAmount(item.price, item.quantity),
    item.price.currency,
  );
  return item.price.recurring
    ? `${amount} per ${formatInterval(item.price.recurring)}`
    : amount;
}

function cardText({ card }: PaymentMethod): string {
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return `${brand} ending in ${card.last4}`;
}

function expiryText({ card }: PaymentMethod): string {
  return `${String(card.exp_month).padStart(2, "0")} / ${String(card.exp_year).slice(-2)}`;
}
