import type { Context } from "../context";
import { formatMoney } from "../money";
import { settleDebit } from "../resources/bank-debits";
import { attempt } from "./ask";
import { moment } from "./dashboard-frame";
import { flashed } from "./flash";
import { html, type Html } from "./html";
import type { Page, Visit } from "./page";

/** Debits that a bank has yet to answer, with the buttons that answer for it. */
export function debitsUnderWay({ store }: Context): Html | false {
  const waiting = store.all("alarm").filter((one) => one.rings === "debit");
  if (waiting.length === 0) return false;
  return html`<section aria-labelledby="debits">
    <h2 id="debits">Bank debits under way</h2>
    <ul class="rows">
      ${waiting.map(({ of, at }) => {
        const intent = store.get("payment_intent", of);
        const amount = intent && formatMoney(intent.amount, intent.currency);
        return html`<li>
          <span>
            <a href="/objects/payment_intent/${of}">${amount}</a><br />
            <span class="soft">The bank answers at ${moment(at)}</span>
          </span>
          <form method="post" action="/debits/${of}" class="buttons">
            <button class="plain" name="outcome" value="arrived">
              Let it arrive<span class="hidden"> (${amount})</span>
            </button>
            <button class="plain" name="outcome" value="failed">
              Let it fail<span class="hidden"> (${amount})</span>
            </button>
          </form>
        </li>`;
      })}
    </ul>
  </section>`;
}

export function answerDebit({ ctx, form, ids: [id] }: Visit): Page {
  const failed = form.get("outcome") === "failed";
  attempt(ctx, () => settleDebit(ctx, id, failed ? "failed" : "arrived"));
  const intent = ctx.store.get("payment_intent", id);
  if (!intent) return flashed("/", { alert: "There is no such payment." });
  const amount = formatMoney(intent.amount, intent.currency);
  const arrived = intent.status === "succeeded";
  return flashed("/", {
    notice: arrived ? `${amount} arrived.` : `${amount} did not arrive.`,
  });
}
