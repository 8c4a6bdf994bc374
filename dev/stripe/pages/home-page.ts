import { formatMoney } from "../money";
import { html } from "./html";
import { layout } from "./layout";
import { ok, type Page, type Visit } from "./page";

const SHOWN = [
  "product",
  "price",
  "customer",
  "checkout_session",
  "subscription",
  "invoice",
  "event",
  "delivery",
] as const;

/** For the developer who opens the emulator's address to see what it is. */
export function showHome({ ctx }: Visit): Page {
  const { clock, store } = ctx;
  const recent = store
    .ids("checkout_session")
    .slice(-10)
    .reverse()
    .flatMap((id) => store.get("checkout_session", id) ?? []);
  return ok(
    layout(
      "Home",
      html`<h1>Stripe emulator</h1>
        <p>
          The app talks to this server instead of Stripe. Cards, customers and
          events here are made up, and nothing leaves this computer.
        </p>
        <section aria-labelledby="clock">
          <h2 id="clock">Clock</h2>
          <p>${new Date(clock.nowMs()).toUTCString()}</p>
          ${clock.offset() > 0 && html`<p class="soft">${clock.offset()} seconds ahead</p>`}
        </section>
        <section aria-labelledby="counts">
          <h2 id="counts">What is stored</h2>
          <dl>
            ${SHOWN.map(
              (kind) =>
                html`<dt>${kind.replaceAll("_", " ")}</dt>
                  <dd>${store.ids(kind).length}</dd>`,
            )}
          </dl>
        </section>
        <section aria-labelledby="sessions">
          <h2 id="sessions">Recent checkout sessions</h2>
          ${recent.length === 0 && html`<p>None yet.</p>`}
          <ul>
            ${recent.map(
              (session) =>
                html`<li>
                  <a href="/c/pay/${session.id}">${session.id.slice(0, 20)}…</a>
                  ${session.mode}, ${session.status},
                  ${formatMoney(session.amount_total ?? 0, session.currency ?? "usd")}
                </li>`,
            )}
          </ul>
        </section>`,
    ),
  );
}
