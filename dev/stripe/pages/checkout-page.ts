import type { Context } from "../context";
import { isRefusal, type ApiError } from "../errors";
import type { CheckoutSession } from "../objects";
import type { CheckoutPlan } from "../records";
import { completeCheckout, type Buyer } from "../resources/checkout-complete";
import { attempt } from "./ask";
import { cardErrorOf, readCard } from "./card-form";
import { checkoutView, type CheckoutView } from "./checkout-view";
import { flashed, readFlash } from "./flash";
import { messagePage } from "./layout";
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

/** Pays, or goes back to the page with the reason. A second submit pays nothing twice. */
export async function submitCheckout(visit: Visit): Promise<Page> {
  const { control, ctx, ids, url } = visit;
  const [id] = ids;
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (!session || !plan) return notFound();
  if (session.status === "expired") return { redirect: url.pathname };
  if (session.status === "open") {
    const refused = pay(visit, session, plan);
    if (refused) return refused;
  }
  const event = ctx.store.get("checkout_plan", id)?.completed_event;
  if (event) await control.deliveries.answered(event, REDIRECT_WAIT_MS);
  const target = session.success_url ?? `${ctx.origin}/c/pay/${id}`;
  return { redirect: target.replaceAll("{CHECKOUT_SESSION_ID}", id) };
}

function pay(
  { ctx, form, url }: Visit,
  session: CheckoutSession,
  plan: CheckoutPlan,
): Page | undefined {
  const { buyer, errors } = readBuyer(ctx, viewOf(ctx, session, plan), form);
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(url.pathname, { errors, typed });
  const refusal = complete(ctx, session, plan, buyer);
  if (!refusal) return undefined;
  if (refusal.status !== 402)
    return flashed(url.pathname, { alert: refusal.message, typed });
  const alert = "Your card was declined. Nothing was charged.";
  return flashed(url.pathname, { alert, errors: cardErrorOf(refusal), typed });
}

function complete(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer,
): ApiError | undefined {
  return attempt(ctx, () => {
    const done = completeCheckout(ctx, session, plan, buyer);
    if (isRefusal(done)) return done;
    ctx.store.put("checkout_plan", { ...plan, completed_event: done.id });
  });
}

function readBuyer(
  ctx: Context,
  view: Omit<CheckoutView, "flash">,
  form: URLSearchParams,
): { buyer: Buyer; errors: Record<string, string> } {
  const read = view.asksCard
    ? readCard(form, new Date(ctx.clock.nowMs()))
    : { card: null, errors: {} };
  const errors: Record<string, string> = { ...read.errors };
  const email = view.knownEmail ?? (form.get("email") ?? "").trim();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.email = "Enter a valid email address.";
  return {
    buyer: {
      email,
      name: (form.get("cardName") ?? "").trim(),
      card: read.card,
    },
    errors,
  };
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
