import type { Control } from "../control";
import type { Customer, Subscription } from "../objects";
import { formatDate } from "./dates";
import { debitsUnderWay } from "./dashboard-debits";
import { dashboardPage, moment } from "./dashboard-frame";
import { latestPayments } from "./dashboard-payments";
import { attempt } from "./ask";
import { flashed, readFlash } from "./flash";
import { html, type Html } from "./html";
import { alerts } from "./layout";
import type { Page, Visit } from "./page";
import { cardText, nameOf } from "./portal-visit";

const HOUR = 3600;
/** Saved without complaint, refused when charged. */
const FAILING = "4000000000000341";
const WORKING = "4242424242424242";

/** The emulator's root: the time, who is subscribed, and the buttons to live through a year. */
export function showDashboard({ ctx, control, url }: Visit): Page {
  const { clock, store } = ctx;
  const live = store
    .ids("subscription", { index: "live", key: "yes" })
    .slice(-20)
    .toReversed()
    .flatMap((id) => store.get("subscription", id) ?? []);
  const next = control.schedule.next();
  return dashboardPage(
    "/",
    "Stripe emulator",
    html`<p>
        The app talks to this server instead of Stripe. Cards, customers and
        events here are made up, and nothing leaves this computer.
      </p>
      ${alerts(readFlash(url))}
      <section aria-labelledby="clock">
        <h2 id="clock">Clock</h2>
        <p>
          <strong>${moment(clock.now())}</strong> UTC${ahead(clock.offset())}
        </p>
        <form method="post" action="/clock" class="buttons">
          <button name="step" value="month">Next month</button>
          <button
            class="plain"
            name="step"
            value="next"
            ${next === null && html`disabled`}
          >
            To the next event
          </button>
          <button class="plain" name="step" value="day">One day</button>
          <button class="plain" name="step" value="hour">One hour</button>
        </form>
        <p class="soft">
          ${
            next === null
              ? "Nothing is due."
              : `Next due: ${moment(next)}. A renewal is a draft for an hour before it is charged.`
          }
        </p>
      </section>
      ${debitsUnderWay(ctx)}
      <section aria-labelledby="subscriptions">
        <h2 id="subscriptions">Subscriptions</h2>
        ${live.length === 0 && html`<p>Nobody is subscribed yet.</p>`}
        <ul class="rows">
          ${live.map((one) => subscriptionRow({ ctx }, one))}
        </ul>
      </section>
      ${latestPayments(ctx)}`,
  );
}

function ahead(seconds: number): string {
  const days = Math.floor(seconds / (24 * HOUR));
  return days > 0 ? `, ${days} ${days === 1 ? "day" : "days"} ahead` : "";
}

function subscriptionRow(
  { ctx }: Pick<Visit, "ctx">,
  subscription: Subscription,
): Html {
  const customer = ctx.store.get("customer", subscription.customer);
  const card = cardOf({ ctx }, subscription);
  const fails =
    card && ctx.store.get("card_number", card.id)?.number === FAILING;
  const [item] = subscription.items.data;
  const at = subscription.cancel_at ?? item?.current_period_end;
  return html`<li>
    <span>
      <a href="/objects/subscription/${subscription.id}"
        >${nameOf(ctx, subscription)}</a
      >, ${subscription.status}, ${nameOfCustomer(customer)}<br />
      <span class="soft">
        ${subscription.cancel_at === null ? "Renews" : "Ends"}
        ${at !== undefined && formatDate(at)}${card && `, ${cardText(card)}${fails ? ", failing" : ""}`}
      </span>
    </span>
    ${
      card &&
      html`<form method="post" action="/cards/${card.id}">
        <button class="plain" name="works" value="${fails ? "yes" : "no"}">
          ${fails ? "Let the card work" : "Let the card fail"}
          <span class="hidden"> of ${nameOfCustomer(customer)}</span>
        </button>
      </form>`
    }
  </li>`;
}

function nameOfCustomer(
  customer: Customer | { deleted: true; id: string } | undefined,
): string {
  if (!customer || customer.deleted) return "a deleted customer";
  return customer.name ?? customer.email ?? customer.id;
}

function cardOf({ ctx }: Pick<Visit, "ctx">, subscription: Subscription) {
  const customer = ctx.store.get("customer", subscription.customer);
  const id =
    subscription.default_payment_method ??
    (customer?.deleted
      ? null
      : customer?.invoice_settings.default_payment_method);
  return id ? ctx.store.get("payment_method", id) : undefined;
}

/** Moves the clock; whatever falls due on the way happens in its order. */
export function moveClock({ control, ctx, form }: Visit): Page {
  const seconds = step(control, ctx.clock.now(), form.get("step") ?? "");
  if (seconds === null) return flashed("/", { notice: "Nothing is due." });
  const before = ctx.store.ids("event").length;
  control.schedule.run(seconds);
  control.deliveries.rearm();
  const happened = ctx.store.ids("event").length - before;
  const notice = `It is ${moment(control.api.clock.now())}. ${happened} ${happened === 1 ? "event" : "events"} happened.`;
  return flashed("/", { notice });
}

function step(control: Control, now: number, name: string): number | null {
  if (name === "hour") return HOUR;
  if (name === "day") return 24 * HOUR;
  if (name === "next") {
    const next = control.schedule.next();
    return next === null ? null : Math.max(next - now, 0);
  }
  // Two hours more, so that what renews today a month on has left its draft hour behind.
  const date = new Date(now * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + 2, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return date.getTime() / 1000 - now + 2 * HOUR;
}

/** What the bank says to this card's next charge. */
export function setCard({ ctx, form, ids: [id] }: Visit): Page {
  const method = ctx.store.get("payment_method", id);
  const kept = ctx.store.get("card_number", id);
  if (!method || !kept)
    return flashed("/", { alert: "There is no such card." });
  const works = form.get("works") === "yes";
  attempt(ctx, () =>
    ctx.store.put("card_number", {
      ...kept,
      number: works ? WORKING : FAILING,
    }),
  );
  const outcome = works ? "works again" : "is declined from now on";
  return flashed("/", { notice: `${cardText(method)} ${outcome}.` });
}
