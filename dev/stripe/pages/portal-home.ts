import type { Context } from "../context";
import { formatInterval, formatMoney } from "../money";
import { priceAmount } from "../resources/price-amount";
import type { Invoice, PaymentMethod, Subscription } from "../objects";
import { changeableItem, offersOf } from "../resources/portal-offers";
import { formatDate } from "./dates";
import { html, type Html } from "./html";
import { alerts, layout } from "./layout";
import { ok, type Page } from "./page";
import { pausable } from "./portal-pause";
import { cardText, nameOf, shopLink, type Portal } from "./portal-visit";

export function showPortal(portal: Portal): Page {
  const { ctx, customer, configuration, session, flash } = portal;
  if (portal.inFlow) return { redirect: flowPath(portal) };
  const by = { index: "customer", key: customer.id };
  const live = ctx.store
    .all("subscription", by)
    .filter((one) => one.ended_at === null)
    .reverse();
  const { features, business_profile } = configuration;
  const back = shopLink(session);
  return ok(
    layout(
      "Manage billing",
      html`${back && html`<p><a href="${back.href}">${back.label}</a></p>`}
        <h1>Manage billing</h1>
        ${business_profile.headline && html`<p>${business_profile.headline}</p>`}
        <p class="soft">${customer.name ?? customer.email ?? customer.id}</p>
        ${alerts(flash)}
        ${
          live.length === 0 &&
          html`<section aria-labelledby="none">
            <h2 id="none">Subscription</h2>
            <p>There is no current subscription.</p>
          </section>`
        }
        ${live.map((subscription) => subscriptionSection(portal, subscription))}
        ${cardSection(portal, ctx.store.all("payment_method", by).reverse(), live)}
        ${features.customer_update.enabled && detailsSection(portal)}
        ${
          features.invoice_history.enabled &&
          invoiceSection(
            ctx.store
              .all("invoice", by)
              .filter(({ status }) => status !== "draft")
              .reverse()
              .slice(0, 24),
          )
        }
        <p class="soft">
          ${linkTo(business_profile.terms_of_service_url, "Terms")}
          ${linkTo(business_profile.privacy_policy_url, "Privacy")}
        </p>`,
    ),
  );
}

function flowPath({ here, session }: Portal): string {
  const flow = session.flow;
  const confirm = flow?.subscription_update_confirm;
  if (confirm) {
    const [item] = confirm.items;
    const wanted = new URLSearchParams();
    if (item?.price) wanted.set("price", item.price);
    if (item?.quantity !== undefined)
      wanted.set("quantity", String(item.quantity));
    return `${here}/subscriptions/${confirm.subscription}/confirm?${wanted}`;
  }
  if (flow?.subscription_cancel)
    return `${here}/subscriptions/${flow.subscription_cancel.subscription}/cancel`;
  if (flow?.subscription_pause)
    return `${here}/subscriptions/${flow.subscription_pause.subscription}/pause`;
  if (flow?.subscription_update)
    return `${here}/subscriptions/${flow.subscription_update.subscription}/update`;
  return flow?.type === "customer_update"
    ? `${here}/customer`
    : `${here}/payment-methods`;
}

const STATUS: Record<string, string> = {
  active: "Active",
  incomplete: "Incomplete",
  past_due: "Past due",
  paused: "Paused",
  trialing: "On trial",
  unpaid: "Unpaid",
};

function subscriptionSection(portal: Portal, subscription: Subscription): Html {
  const { ctx, here, configuration } = portal;
  const { id, cancel_at: ends, status } = subscription;
  const [first] = subscription.items.data;
  const card =
    subscription.default_payment_method &&
    ctx.store.get("payment_method", subscription.default_payment_method);
  const item = changeableItem(subscription);
  const offers = item ? offersOf(ctx, configuration, item) : [];
  const changes = offers.length > 1 || offers.some((one) => one.quantity);
  const at = `${here}/subscriptions/${id}`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${nameOf(ctx, subscription)}</h2>
    <dl>
      <dt>Price</dt>
      <dd>
        ${subscription.items.data.map((one) => html`${priceText(ctx, one)} `)}
      </dd>
      <dt>Status</dt>
      <dd>${STATUS[status] ?? status}</dd>
      <dt>
        ${ends === null ? (status === "trialing" ? "Trial ends" : "Renews") : "Ends"}
      </dt>
      <dd>
        ${formatDate(ends ?? first?.current_period_end ?? subscription.created)}
      </dd>
      ${
        card &&
        html`<dt>Paid with</dt>
          <dd>${cardText(card)}</dd>`
      }
    </dl>
    ${
      ends === null
        ? html`${changes && html`<a class="button" href="${at}/update">Change plan</a>`}
          ${pausable(portal, subscription) && html`<a class="button plain" href="${at}/pause">Pause subscription</a>`}
          ${
            status === "paused" &&
            html`<form method="post" action="${at}/resume">
              <button type="submit">Resume subscription</button>
            </form>`
          }
          ${configuration.features.subscription_cancel.enabled && html`<a class="button plain" href="${at}/cancel">Cancel subscription</a>`}`
        : html`<form method="post" action="${at}/renew">
            <button class="plain" type="submit">Renew subscription</button>
          </form>`
    }
  </section>`;
}

function cardSection(
  { here, customer, configuration }: Portal,
  cards: PaymentMethod[],
  live: Subscription[],
): Html {
  const chosen =
    customer.invoice_settings.default_payment_method ??
    live[0]?.default_payment_method;
  const inUse = live.map((one) => one.default_payment_method);
  const editable = configuration.features.payment_method_update.enabled;
  const act = (card: PaymentMethod, name: string, label: string) =>
    html`<form
      method="post"
      action="${here}/payment-methods/${card.id}/${name}"
    >
      <button class="plain" type="submit">
        ${label}<span class="hidden"> ${cardText(card)}</span>
      </button>
    </form>`;
  return html`<section aria-labelledby="cards">
    <h2 id="cards">Payment methods</h2>
    ${cards.length === 0 && html`<p>No card is saved.</p>`}
    <ul class="rows">
      ${cards.map(
        (card) =>
          html`<li>
            <span>
              ${cardText(card)}, expires ${expiryText(card)}
              ${card.id === chosen && html`<strong>Default</strong>`}
            </span>
            ${editable && card.id !== chosen && act(card, "default", "Make default")}
            ${editable && card.id !== chosen && !inUse.includes(card.id) && act(card, "remove", "Remove")}
          </li>`,
      )}
    </ul>
    ${editable && html`<a class="button plain" href="${here}/payment-methods">Add payment method</a>`}
  </section>`;
}

function detailsSection({ here, customer }: Portal): Html {
  const { address } = customer;
  const lines = [
    customer.name,
    customer.email,
    customer.phone,
    address?.line1,
    address?.line2,
    [address?.postal_code, address?.city].filter(Boolean).join(" "),
    address?.country,
  ];
  return html`<section aria-labelledby="details">
    <h2 id="details">Billing details</h2>
    <p>${lines.filter(Boolean).map((line) => html`${line}<br />`)}</p>
    <a class="button plain" href="${here}/customer">Update billing details</a>
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

export function priceText(
  ctx: Pick<Context, "store">,
  {
    price,
    quantity,
  }: Pick<Subscription["items"]["data"][number], "price" | "quantity">,
): string {
  const amount = formatMoney(priceAmount(ctx, price, quantity), price.currency);
  return price.recurring
    ? `${amount} per ${formatInterval(price.recurring)}`
    : amount;
}

function expiryText({ card }: PaymentMethod): string {
  return !card
    ? "never"
    : `${String(card.exp_month).padStart(2, "0")} / ${String(card.exp_year).slice(-2)}`;
}

function linkTo(href: string | null, label: string): Html | null {
  return href ? html`<a href="${href}">${label}</a> ` : null;
}
