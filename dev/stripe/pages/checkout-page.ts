import type { Context } from "../context";
import { isRefusal } from "../errors";
import { formatMoney } from "../money";
import type { CheckoutSession } from "../objects";
import type { CheckoutPlan } from "../records";
import { NOT_AUTHENTICATED } from "../resources/challenges";
import {
  completeCheckout,
  judgePurchase,
  type Buyer,
} from "../resources/checkout-complete";
import { recoverSession } from "../resources/checkout-expiry";
import {
  createCard,
  resolvePaymentMethod,
  type CardEntry,
} from "../resources/saved-cards";
import { attempt } from "./ask";
import { cardErrorOf, readCard } from "./card-form";
import { checkoutView, type CheckoutView } from "./checkout-view";
import { flashed, readFlash } from "./flash";
import { challengeView } from "./challenge-page";
import { layout, messagePage } from "./layout";
import { ok, type Page, type Visit } from "./page";

const REDIRECT_WAIT_MS = 10_000;

export function showCheckout({ ctx, ids, url }: Visit): Page {
  const session = ctx.store.get("checkout_session", ids[0]);
  const plan = ctx.store.get("checkout_plan", ids[0]);
  if (!session || !plan) return notFound();
  if (session.status !== "open") return over(session);
  const view = viewOf(ctx, session, plan);
  return ok(checkoutView({ ...view, flash: readFlash(url) }));
}

/** From the link in an expired session to the copy that it makes. */
export function showRecovery({ ctx, ids: [id] }: Visit): Page {
  const copy = ctx.store.transact(() => recoverSession(ctx, id));
  ctx.wake();
  return copy ? { redirect: `/c/pay/${copy.id}` } : notFound();
}

/** Pays, or goes back to the page with the reason. A second submit pays nothing twice. */
export function submitCheckout(visit: Visit): Page | Promise<Page> {
  const { ctx, ids, form, url } = visit;
  const session = ctx.store.get("checkout_session", ids[0]);
  const plan = ctx.store.get("checkout_plan", ids[0]);
  if (!session || !plan) return notFound();
  if (session.status === "expired") return { redirect: url.pathname };
  if (session.status === "complete") return leave(visit);
  const view = viewOf(ctx, session, plan);
  const { email, card, errors } = readBuyer(ctx, view, form);
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(url.pathname, { errors, typed });
  const name = (form.get("cardName") ?? "").trim();
  return purchase(visit, { session, plan }, (): Buyer => {
    const method = card && createCard(ctx, { ...card, email });
    return { email, name, method, authenticated: false };
  });
}

type Open = { session: CheckoutSession; plan: CheckoutPlan };

/** Completes the session whole or not at all; the bank may ask first. */
function purchase(
  visit: Visit,
  { session, plan }: Open,
  read: () => Buyer,
): Page | Promise<Page> {
  const { ctx, form } = visit;
  const page = `/c/pay/${session.id}`;
  let asked = false;
  const refusal = attempt(ctx, () => {
    const buyer = read();
    if (judgePurchase(ctx, session, buyer) === "challenge" && buyer.method) {
      asked = true;
      const pending = { ...buyer, method: buyer.method.id };
      ctx.store.put("checkout_plan", { ...plan, pending });
      return undefined;
    }
    const done = completeCheckout(ctx, session, plan, buyer);
    if (isRefusal(done)) return done;
    ctx.store.put("checkout_plan", { ...plan, completed_event: done.id });
  });
  if (asked) return { redirect: `${page}/authenticate` };
  if (!refusal) return leave(visit);
  const typed = Object.fromEntries(form);
  if (refusal.status !== 402)
    return flashed(page, { alert: refusal.message, typed });
  const alert = "Your card was declined. Nothing was charged.";
  return flashed(page, { alert, errors: cardErrorOf(refusal), typed });
}

/** To the shop, once its endpoint has answered the event of the completion. */
async function leave({ control, ctx, ids: [id] }: Visit): Promise<Page> {
  const event = ctx.store.get("checkout_plan", id)?.completed_event;
  if (event) await control.deliveries.answered(event, REDIRECT_WAIT_MS);
  const target =
    ctx.store.get("checkout_session", id)?.success_url ??
    `${ctx.origin}/c/pay/${id}`;
  return { redirect: target.replaceAll("{CHECKOUT_SESSION_ID}", id) };
}

export function showCheckoutChallenge({ ctx, ids: [id] }: Visit): Page {
  const session = ctx.store.get("checkout_session", id);
  const pending = ctx.store.get("checkout_plan", id)?.pending;
  if (session?.status !== "open" || !pending)
    return { redirect: `/c/pay/${id}` };
  const due = session.amount_total ?? 0;
  const amount = due > 0 ? formatMoney(due, session.currency ?? "usd") : null;
  return ok(layout("3D Secure", challengeView(amount)));
}

export function answerCheckoutChallenge(visit: Visit): Page | Promise<Page> {
  const { ctx, form, ids } = visit;
  const [id] = ids;
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (session?.status === "complete") return leave(visit);
  if (session?.status !== "open" || !plan?.pending)
    return { redirect: `/c/pay/${id}` };
  const { pending, ...rest } = plan;
  if (form.get("answer") !== "complete") {
    ctx.store.put("checkout_plan", rest);
    const errors = { cardNumber: NOT_AUTHENTICATED };
    return flashed(`/c/pay/${id}`, {
      errors,
      typed: { cardName: pending.name },
    });
  }
  return purchase(visit, { session, plan: rest }, (): Buyer => {
    const method = resolvePaymentMethod(ctx, pending.method);
    return { ...pending, method, authenticated: true };
  });
}

function readBuyer(
  ctx: Context,
  view: Omit<CheckoutView, "flash">,
  form: URLSearchParams,
): { email: string; card: CardEntry | null; errors: Record<string, string> } {
  const read = view.asksCard
    ? readCard(form, new Date(ctx.clock.nowMs()))
    : { card: null, errors: {} };
  const errors: Record<string, string> = { ...read.errors };
  const email = view.knownEmail ?? (form.get("email") ?? "").trim();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.email = "Enter a valid email address.";
  return { email, card: read.card, errors };
}

function viewOf(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
): Omit<CheckoutView, "flash"> {
  const customer =
    session.customer && ctx.store.get("customer", session.customer);
  const known =
    customer && !customer.deleted ? customer.email : session.customer_email;
  const { trial_end, trial_period_days: days } = plan.subscription;
  const free = (session.amount_total ?? 0) === 0;
  const optional = session.payment_method_collection === "if_required";
  return {
    session,
    plan,
    knownEmail: known,
    asksEmail: !known,
    asksCard: session.mode === "setup" || !(free && optional),
    trialEnd: trial_end ?? (days ? ctx.clock.now() + days * 86_400 : null),
  };
}

function notFound(): Page {
  const text = "There is no checkout session at this address.";
  return ok(messagePage({ title: "Not found", text }), 404);
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
