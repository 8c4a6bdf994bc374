import type { Context } from "../context";
import { listeningTo, queueDelivery } from "../events";
import type { Event } from "../objects";
import {
  LONGEST_OVERLAP,
  rollSecret,
  validSecrets,
} from "../resources/endpoint-secrets";
import { attempt } from "./ask";
import { dashboardPage, moment } from "./dashboard-frame";
import { json } from "./dashboard-objects";
import { flashed, readFlash } from "./flash";
import { html, type Html } from "./html";
import { alerts, notFound } from "./layout";
import { type Page, type Visit } from "./page";

const SHOWN = 50;

export function showEvents({ ctx, url }: Visit): Page {
  const all = ctx.store.ids("event");
  const before = url.searchParams.get("before");
  const end = before ? (ctx.store.position("event", before) ?? 0) : all.length;
  const shown = all
    .slice(Math.max(end - SHOWN, 0), end)
    .toReversed()
    .flatMap((id) => ctx.store.get("event", id) ?? []);
  return dashboardPage(
    "/events",
    "Events",
    html`${alerts(readFlash(url))}${endpointList(ctx)}
      <section aria-label="Newest first">
        ${shown.length === 0 && html`<p>Nothing has happened yet.</p>`}
        <ul>
          ${shown.map(
            (event) =>
              html`<li>
                <a href="/events/${event.id}">${event.type}</a>
                <span class="soft"
                  >${moment(event.created)}, ${stateOf(ctx, event)}</span
                >
              </li>`,
          )}
        </ul>
        ${end > SHOWN && html`<p><a href="/events?before=${shown.at(-1)?.id}">Older</a></p>`}
      </section>`,
  );
}

function endpointList(ctx: Context): Html | false {
  const endpoints = ctx.store.all("webhook_endpoint");
  if (endpoints.length === 0) return false;
  return html`<section aria-labelledby="endpoints">
    <h2 id="endpoints">Endpoints</h2>
    <ul class="rows">
      ${endpoints.map((endpoint) => {
        const { id, status, url } = endpoint;
        const signed = validSecrets(ctx, endpoint).length;
        return html`<li>
          <span>
            <a href="/objects/webhook_endpoint/${id}">${url}</a>
            <span class="soft"
              >${status}${signed > 1 && `, signed with ${signed} secrets`}</span
            >
          </span>
          <form method="post" action="/endpoints/${id}/roll">
            <button class="plain">
              Roll the secret<span class="hidden"> of ${url}</span>
            </button>
          </form>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** As the Dashboard does at the longest overlap: the shop has a day to learn the new secret. */
export function rollEndpoint({ ctx, ids: [id] }: Visit): Page {
  const endpoint = ctx.store.get("webhook_endpoint", id);
  if (!endpoint)
    return flashed("/events", { alert: "There is no such endpoint." });
  attempt(ctx, () => rollSecret(ctx, endpoint, LONGEST_OVERLAP));
  const notice =
    "The endpoint has a new secret, shown with it. The old one is valid for 24 more hours.";
  return flashed("/events", { notice });
}

export function showEvent({ ctx, ids: [id], url }: Visit): Page {
  const event = ctx.store.get("event", id);
  if (!event) return notFound("The emulator has no such event.");
  const endpoints = listeningTo(ctx, event.type);
  return dashboardPage(
    "/events",
    event.type,
    html`${alerts(readFlash(url))}
      <section aria-labelledby="deliveries">
        <h2 id="deliveries">Deliveries</h2>
        ${endpoints.length === 0 && html`<p>No endpoint listens to this event.</p>`}
        <ul>
          ${endpoints.map(({ id: endpoint, url: address }) => html`<li>${address}: ${deliveryText(ctx, `${id}:${endpoint}`)}</li>`)}
        </ul>
        ${
          endpoints.length > 0 &&
          html`<form method="post">
            <button class="plain">Resend</button>
          </form>`
        }
      </section>
      <section aria-label="The event">${json(ctx, event)}</section>`,
  );
}

/** Sends the same event again, to each endpoint that listens. */
export function resendEvent({ ctx, ids: [id], url }: Visit): Page {
  const event = ctx.store.get("event", id);
  if (!event) return notFound("The emulator has no such event.");
  attempt(ctx, () => {
    for (const endpoint of listeningTo(ctx, event.type)) {
      ctx.store.remove("delivery", `${id}:${endpoint.id}`);
      queueDelivery(ctx, event, endpoint.id);
    }
  });
  return flashed(url.pathname, { notice: "The event is sent again." });
}

function stateOf(ctx: Context, event: Event): string {
  const open = ctx.store.all("delivery", { index: "event", key: event.id });
  if (open.length > 0) return "not delivered yet";
  return listeningTo(ctx, event.type).length > 0
    ? "delivered"
    : "nobody listens";
}

function deliveryText(ctx: Context, id: string): string {
  const delivery = ctx.store.get("delivery", id);
  if (!delivery) return "delivered";
  if (delivery.next_at === null)
    return `given up after ${delivery.attempts} attempts`;
  if (delivery.attempts === 0) return "on its way";
  return `failed ${delivery.attempts} times, next at ${moment(Math.floor(delivery.next_at / 1000))}`;
}
