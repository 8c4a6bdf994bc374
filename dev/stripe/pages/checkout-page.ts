import type { Context } from "../context";
import { formatMoney } from "../money";
import type { CheckoutSession } from "../objects";
import { createBankAccount } from "../resources/bank-debits";
import { NOT_AUTHENTICATED } from "../resources/challenges";
import { changeOrder } from "../resources/checkout-amounts";
import type { Buyer } from "../resources/checkout-complete";
import { recoverSession } from "../resources/checkout-expiry";
import { createCard, resolvePaymentMethod } from "../resources/saved-cards";
import { attempt } from "./ask";
import { cardErrorOf } from "./card-form";
import { challengeView } from "./challenge-page";
import { kept, readBuyer, viewOf } from "./checkout-buyer";
import { noteFailure } from "./checkout-elements";
import { completionTold, purchase, type Open } from "./checkout-purchase";
import { checkoutView } from "./checkout-view";
import { flashed, readFlash } from "./flash";
import { layout, messagePage, notFound } from "./layout";
import { ok, type Page, type Visit } from "./page";

/** Where the shop draws the page itself, there is none here. */
function pagedAt(ctx: Context, id: string): Open | undefined {
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  return session && plan && session.ui_mode !== "elements"
    ? { session, plan }
    : undefined;
}

export function showCheckout({ ctx, ids, url }: Visit): Page {
  const open = pagedAt(ctx, ids[0]);
  if (!open) return notFound("There is no checkout session at this address.");
  const { session, plan } = open;
  if (session.status !== "open") return over(session);
  const view = viewOf(ctx, session, plan, url);
  return ok(checkoutView({ ...view, flash: readFlash(url) }));
}

/** From the link in an expired session to the copy that it makes. */
export function showRecovery({ ctx, ids: [id] }: Visit): Page {
  const copy = ctx.store.transact(() => recoverSession(ctx, id));
  ctx.wake();
  return copy
    ? { redirect: `/c/pay/${copy.id}` }
    : notFound("There is no checkout session at this address.");
}

/** The buyer's own code or quantity, before paying. */
export function changeCheckout(visit: Visit): Page {
  const { ctx, form } = visit;
  const [id, what] = visit.ids;
  const open = pagedAt(ctx, id);
  if (!open) return notFound("There is no checkout session at this address.");
  const { session, plan } = open;
  const page = pageOf(visit);
  if (session.status !== "open") return { redirect: page };
  const refusal = attempt(ctx, () =>
    changeOrder(
      ctx,
      session,
      plan,
      what === "promotion"
        ? { code: form.get("code")?.trim() || null }
        : {
            line: form.get("line") ?? "",
            quantity: Number(form.get("quantity")),
          },
    ),
  );
  if (!refusal) return { redirect: page };
  const field = what === "promotion" ? "code" : `quantity_${form.get("line")}`;
  const typed = { code: form.get("code") ?? "" };
  return flashed(page, { errors: { [field]: refusal.message }, typed });
}

/** Pays, or goes back to the page with the reason. A second submit pays nothing twice. */
export function submitCheckout(visit: Visit): Page | Promise<Page> {
  const { ctx, ids, form, url } = visit;
  const open = pagedAt(ctx, ids[0]);
  if (!open) return notFound("There is no checkout session at this address.");
  const { session, plan } = open;
  if (session.status === "expired") return { redirect: url.pathname };
  if (session.status === "complete") return leave(visit);
  const view = viewOf(ctx, session, plan, url);
  const { details, card, bank, kept, errors } = readBuyer(ctx, view, form);
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(pageOf(visit), { errors, typed });
  return submitPurchase(visit, open, (): Buyer => {
    const { email } = details;
    const method = bank
      ? createBankAccount(ctx, { ...bank, email })
      : (kept ?? (card && createCard(ctx, { ...card, email })));
    return { ...details, method, authenticated: false };
  });
}

/** The session's own page, with the method that the buyer chose there. */
function pageOf({ ids: [id], url }: Visit): string {
  return `/c/pay/${id}${kept(url)}`;
}

/** Pays, and on to the shop, the bank, or back to the page with the reason. */
function submitPurchase(
  visit: Visit,
  open: Open,
  read: () => Buyer,
): Page | Promise<Page> {
  const { ctx, form, url } = visit;
  const page = pageOf(visit);
  const outcome = purchase(ctx, open, read);
  if (outcome === "asked")
    return { redirect: `/c/pay/${open.session.id}/authenticate${kept(url)}` };
  if (outcome === "paid") return leave(visit);
  if (open.session.ui_mode === "elements") {
    noteFailure(ctx, open, outcome);
    return { redirect: url.pathname };
  }
  const typed = Object.fromEntries(form);
  if (outcome.body.code === "tax_id_invalid")
    return flashed(page, { errors: { tax_id: outcome.message }, typed });
  if (outcome.status !== 402)
    return flashed(page, { alert: outcome.message, typed });
  const alert = "Your card was declined. Nothing was charged.";
  return flashed(page, { alert, errors: cardErrorOf(outcome), typed });
}

/** To the shop, once its endpoint has answered the event of the completion. */
async function leave(visit: Visit): Promise<Page> {
  const { ctx, url } = visit;
  const [id] = visit.ids;
  await completionTold(visit, id);
  if (url.searchParams.has("framed")) return { redirect: `/js/done/${id}` };
  const session = ctx.store.get("checkout_session", id);
  const target =
    session?.success_url ?? session?.return_url ?? `${ctx.origin}/c/pay/${id}`;
  return { redirect: target.replaceAll("{CHECKOUT_SESSION_ID}", id) };
}

export function showCheckoutChallenge(visit: Visit): Page {
  const { ctx } = visit;
  const [id] = visit.ids;
  const session = ctx.store.get("checkout_session", id);
  const pending = ctx.store.get("checkout_plan", id)?.pending;
  if (session?.ui_mode === "elements" && !pending)
    return ok(messagePage({ title: "3D Secure", text: NOT_AUTHENTICATED }));
  if (session?.status !== "open" || !pending)
    return { redirect: pageOf(visit) };
  const due = session.amount_total ?? 0;
  const amount = due > 0 ? formatMoney(due, session.currency ?? "usd") : null;
  return ok(layout("3D Secure", challengeView(amount)));
}

export function answerCheckoutChallenge(visit: Visit): Page | Promise<Page> {
  const { ctx, form, ids, url } = visit;
  const [id] = ids;
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (session?.status === "complete") return leave(visit);
  if (session?.status !== "open" || !plan?.pending)
    return { redirect: pageOf(visit) };
  const { pending, ...rest } = plan;
  if (form.get("answer") !== "complete" && session.ui_mode === "elements") {
    const message = NOT_AUTHENTICATED;
    const failure = { card: true, decline_code: null, message };
    ctx.store.put("checkout_plan", { ...rest, failure });
    return { redirect: url.pathname };
  }
  if (form.get("answer") !== "complete") {
    ctx.store.put("checkout_plan", rest);
    const errors = { cardNumber: NOT_AUTHENTICATED };
    return flashed(pageOf(visit), {
      errors,
      typed: { cardName: pending.name },
    });
  }
  return submitPurchase(visit, { session, plan: rest }, (): Buyer => {
    const method = resolvePaymentMethod(ctx, pending.method);
    return { ...pending, method, authenticated: true };
  });
}

function over(session: CheckoutSession): Page {
  const back = session.cancel_url ?? session.success_url;
  const done = session.status === "complete";
  const href = done
    ? session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id)
    : back?.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
  return ok(
    messagePage({
      title: done ? "Already paid" : "This checkout has expired",
      text: done
        ? "This checkout session is complete. Nothing more is charged."
        : "Nothing was charged. Go back and start again.",
      link: href ? { href, label: "Back to the shop" } : undefined,
    }),
  );
}
