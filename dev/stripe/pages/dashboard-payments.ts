import type { Context } from "../context";
import { formatMoney } from "../money";
import type { Charge } from "../objects";
import { openDispute } from "../resources/disputes";
import { ask, attempt } from "./ask";
import { moment } from "./dashboard-frame";
import { flashed } from "./flash";
import { html, type Html } from "./html";
import type { Page, Visit } from "./page";

const SHOWN = 5;
/** The documented card whose charges are disputed as fraudulent. */
const DISPUTED = "4000000000000259";

/** The latest payments, with what can still happen to them. */
export function latestPayments({ store }: Context): Html | false {
  const ids = store.ids("charge").slice(-50).reverse();
  const charges = ids
    .flatMap((id) => store.get("charge", id) ?? [])
    .filter(({ paid }) => paid)
    .slice(0, SHOWN);
  if (charges.length === 0) return false;
  return html`<section aria-labelledby="payments">
    <h2 id="payments">Latest payments</h2>
    <ul class="rows">
      ${charges.map((charge) => row({ store }, charge))}
    </ul>
  </section>`;
}

function row({ store }: Pick<Context, "store">, charge: Charge): Html {
  const { id, amount, currency, created, refunded } = charge;
  const dispute = store.get("dispute", charge.dispute ?? "");
  const text = formatMoney(amount, currency);
  const act = (value: string, label: string) =>
    html`<button class="plain" name="act" value="${value}">
      ${label}<span class="hidden"> ${text}, ${moment(created)}</span>
    </button>`;
  return html`<li>
    <span>
      <a href="/objects/charge/${id}">${text}</a>,
      ${moment(created)}${refunded && ", refunded"}${dispute && `, dispute ${dispute.status.replaceAll("_", " ")}`}
    </span>
    <form method="post" action="/payments/${id}" class="buttons">
      ${!refunded && !dispute && act("refund", "Refund")}
      ${!refunded && !dispute && act("dispute", "Dispute")}
      ${dispute?.status === "needs_response" && act("win", "Win the dispute")}
      ${dispute?.status === "needs_response" && act("lose", "Lose the dispute")}
    </form>
  </li>`;
}

/** What the buyer, their bank or the shop does to a payment. */
export function changePayment({ ctx, form, ids: [id] }: Visit): Page {
  const charge = ctx.store.get("charge", id);
  if (!charge?.paid)
    return flashed("/", { alert: "There is no such payment." });
  const evidence = (uncategorized_text: string) =>
    ask(ctx, `POST /v1/disputes/${charge.dispute}`, {
      "evidence[uncategorized_text]": uncategorized_text,
    });
  const acts: Record<string, () => object | void> = {
    refund: () => ask(ctx, "POST /v1/refunds", { charge: id }),
    dispute: () => openDispute(ctx, id, DISPUTED),
    win: () => evidence("winning_evidence"),
    lose: () => evidence("losing_evidence"),
  };
  const act = acts[form.get("act") ?? ""];
  const refused = act && attempt(ctx, act);
  if (refused) return flashed("/", { alert: refused.message });
  const told: Record<string, string> = {
    refund: "is refunded",
    dispute: "is disputed",
    win: "stays here: the dispute is won",
    lose: "is gone: the dispute is lost",
  };
  const what = told[form.get("act") ?? ""] ?? "is as it was";
  const amount = formatMoney(charge.amount, charge.currency);
  return flashed("/", { notice: `${amount} ${what}.` });
}
