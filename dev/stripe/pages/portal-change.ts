import { formatMoney } from "../money";
import { priceAmount } from "../resources/price-amount";
import type { SubscriptionItem, Subscription } from "../objects";
import {
  changeableItem,
  offerError,
  offersOf,
  type Offer,
} from "../resources/portal-offers";
import { ask, attempt } from "./ask";
import { formatDate } from "./dates";
import { choice, field } from "./fields";
import { flashed } from "./flash";
import { html, type Html } from "./html";
import { alerts, layout } from "./layout";
import { ok, type Page } from "./page";
import { previewChange } from "./portal-preview";
import { priceText } from "./portal-home";
import {
  backLink,
  done,
  notOffered,
  ownSubscription,
  type Portal,
} from "./portal-visit";

type Change = {
  subscription: Subscription;
  item: SubscriptionItem;
  offers: Offer[];
};

function changeOf(portal: Portal): Change | undefined {
  const subscription = ownSubscription(portal, portal.ids[1]);
  const item = subscription && changeableItem(subscription);
  if (!subscription || !item || subscription.cancel_at !== null)
    return undefined;
  const offers = offersOf(portal.ctx, portal.configuration, item);
  return offers.length > 0 ? { subscription, item, offers } : undefined;
}

export function showUpdate(portal: Portal): Page {
  const change = changeOf(portal);
  if (!change) return notOffered(portal);
  const { subscription, item, offers } = change;
  const { flash, here } = portal;
  return ok(
    layout(
      "Change plan",
      html`${backLink(portal)}
        <h1>Change plan</h1>
        ${alerts(flash)}
        <form action="${here}/subscriptions/${subscription.id}/confirm">
          ${choice(
            {
              name: "price",
              legend: "Plan",
              chosen: flash.typed.price ?? item.price.id,
            },
            offers.map(({ price, name }) => ({
              value: price.id,
              label: name,
              hint: `${priceText(portal.ctx, { price, quantity: 1 })}${price.id === item.price.id ? ", your plan now" : ""}`,
            })),
          )}
          ${
            offers.some(({ quantity }) => quantity) &&
            field(flash, {
              name: "quantity",
              label: "Quantity",
              value: String(item.quantity),
              attributes: html`type="number" min="1"`,
            })
          }
          <button type="submit">Continue</button>
        </form>`,
    ),
  );
}

type Wanted = { price: string; quantity: number };

function wantedOf(params: URLSearchParams, item: SubscriptionItem): Wanted {
  return {
    price: params.get("price") ?? item.price.id,
    quantity: Number(params.get("quantity") ?? item.quantity),
  };
}

/** What is wrong with the choice, said on the page where it is made. */
function refusedChoice(
  portal: Portal,
  { subscription, item, offers }: Change,
  wanted: Wanted,
): Page | undefined {
  const same =
    wanted.price === item.price.id && wanted.quantity === item.quantity;
  const alert = same
    ? "This is what you have now. Choose another plan or quantity."
    : offerError(offers, item, wanted);
  if (!alert) return undefined;
  const typed = { price: wanted.price, quantity: String(wanted.quantity) };
  return flashed(`${portal.here}/subscriptions/${subscription.id}/update`, {
    alert,
    typed,
  });
}

export function showConfirm(portal: Portal): Page {
  const change = changeOf(portal);
  if (!change) return notOffered(portal);
  const { item, offers } = change;
  const wanted = wantedOf(portal.url.searchParams, item);
  const refused = refusedChoice(portal, change, wanted);
  if (refused) return refused;
  const offer = offers.find(({ price }) => price.id === wanted.price);
  const later = isLater(portal, item, offer, wanted);
  return ok(
    layout(
      "Confirm the change",
      html`${backLink(portal)}
        <h1>Confirm the change</h1>
        ${alerts(portal.flash)}
        <section aria-labelledby="to">
          <h2 id="to">${offer?.name}</h2>
          <p>
            ${offer && priceText(portal.ctx, { price: offer.price, quantity: wanted.quantity })},
            instead of ${priceText(portal.ctx, item)} now.
          </p>
          ${
            later
              ? html`<p>
                  It changes on ${formatDate(item.current_period_end)}. Nothing
                  is due today.
                </p>`
              : amounts(portal, change, wanted)
          }
          <form method="post">
            <input type="hidden" name="price" value="${wanted.price}" />
            <input type="hidden" name="quantity" value="${wanted.quantity}" />
            <button type="submit">Confirm</button>
          </form>
        </section>`,
    ),
  );
}

function amounts(portal: Portal, change: Change, wanted: Wanted): Html {
  const preview = previewChange(
    portal.ctx,
    change.subscription,
    paramsOf(portal, change, wanted),
  );
  if ("refusal" in preview)
    return html`<p class="alert" role="alert">${preview.refusal.message}</p>`;
  const money = (amount: number) => formatMoney(amount, preview.currency);
  const now = chargesNow(portal, change);
  return html`<table>
    <caption>
      ${now ? "Due today" : `Next invoice, ${formatDate(change.item.current_period_end)}`}
    </caption>
    <tbody>
      ${preview.lines.data.map(
        (line) =>
          html`<tr>
            <td>${line.description}</td>
            <td class="amount">${money(line.amount)}</td>
          </tr>`,
      )}
      <tr class="total">
        <th scope="row">${now ? "Due today" : "Total"}</th>
        <td class="amount">${money(preview.amount_due)}</td>
      </tr>
    </tbody>
  </table>`;
}

function chargesNow(portal: Portal, { subscription }: Change): boolean {
  const feature = portal.configuration.features.subscription_update;
  return (
    feature.proration_behavior === "always_invoice" ||
    endsTrial(portal, subscription)
  );
}

function endsTrial(portal: Portal, subscription: Subscription): boolean {
  const { trial_update_behavior: on } =
    portal.configuration.features.subscription_update;
  return subscription.status === "trialing" && on === "end_trial";
}

/** The update as the API takes it. */
function paramsOf(
  portal: Portal,
  { subscription, item }: Change,
  { price, quantity }: Wanted,
): Record<string, string> {
  const feature = portal.configuration.features.subscription_update;
  return {
    "items[0][id]": item.id,
    "items[0][price]": price,
    "items[0][quantity]": String(quantity),
    proration_behavior: feature.proration_behavior,
    ...(feature.billing_cycle_anchor && {
      billing_cycle_anchor: feature.billing_cycle_anchor,
    }),
    ...(endsTrial(portal, subscription) && { trial_end: "now" }),
  };
}

const DAYS: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };

/** Whether the configuration puts this change off to the period's end. */
function isLater(
  portal: Portal,
  item: SubscriptionItem,
  offer: Offer | undefined,
  wanted: Wanted,
): boolean {
  if (!offer) return false;
  const length = ({ recurring }: Offer["price"]) =>
    recurring ? (DAYS[recurring.interval] ?? 0) * recurring.interval_count : 0;
  const shorter = length(offer.price) < length(item.price);
  const same = length(offer.price) === length(item.price);
  const less =
    same &&
    priceAmount(portal.ctx, offer.price, wanted.quantity) <
      priceAmount(portal.ctx, item.price, item.quantity);
  const { conditions } =
    portal.configuration.features.subscription_update.schedule_at_period_end;
  return conditions.some(({ type }) =>
    type === "shortening_interval" ? shorter : less,
  );
}

/** Applies the change; a refused payment changes nothing. */
export function submitConfirm(portal: Portal): Page {
  const { ctx, form, here } = portal;
  const change = changeOf(portal);
  if (!change) return notOffered(portal);
  const { subscription, item, offers } = change;
  const wanted = wantedOf(form, item);
  const refusedHere = refusedChoice(portal, change, wanted);
  if (refusedHere) return refusedHere;
  const offer = offers.find(({ price }) => price.id === wanted.price);
  const later = isLater(portal, item, offer, wanted);
  const refused = attempt(ctx, () =>
    later
      ? schedule(portal, change, wanted)
      : ask(ctx, `POST /v1/subscriptions/${subscription.id}`, {
          ...paramsOf(portal, change, wanted),
          payment_behavior: "error_if_incomplete",
        }),
  );
  if (refused) {
    const query = new URLSearchParams({
      price: wanted.price,
      quantity: String(wanted.quantity),
    });
    return flashed(
      `${here}/subscriptions/${subscription.id}/confirm?${query}`,
      {
        alert: refused.message,
      },
    );
  }
  const act = portal.session.flow?.subscription_update_confirm
    ? "subscription_update_confirm"
    : "subscription_update";
  const notice = later
    ? `Your plan changes on ${formatDate(item.current_period_end)}.`
    : "Your plan is changed.";
  return done(portal, act, notice);
}

function schedule(
  { ctx }: Portal,
  { subscription, item }: Change,
  wanted: Wanted,
): object {
  const made = ask(ctx, "POST /v1/subscription_schedules", {
    from_subscription: subscription.id,
  });
  if (!("id" in made)) throw new Error("the schedule has no id");
  const phase = (at: number, price: string, quantity: number) => ({
    [`phases[${at}][items][0][price]`]: price,
    [`phases[${at}][items][0][quantity]`]: String(quantity),
  });
  return ask(ctx, `POST /v1/subscription_schedules/${String(made.id)}`, {
    end_behavior: "release",
    ...phase(0, item.price.id, item.quantity),
    "phases[0][start_date]": String(item.current_period_start),
    "phases[0][end_date]": String(item.current_period_end),
    ...phase(1, wanted.price, wanted.quantity),
  });
}
