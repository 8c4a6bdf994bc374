import { withoutRequest, type Context } from "../context";
import type { Control } from "../control";
import { ApiError, isRefusal } from "../errors";
import type { CheckoutSession } from "../objects";
import type { CheckoutPlan } from "../records";
import { completeCheckout, type Buyer } from "../resources/checkout-complete";
import {
  cardErrorOf,
  readCard,
  type FieldErrors,
  type Typed,
} from "./card-form";
import { checkoutView, type CheckoutView } from "./checkout-view";
import { messagePage } from "./layout";
import { ok, type Page } from "./page";

const REDIRECT_WAIT_MS = 10_000;

export function showCheckout(control: Control, id: string): Page {
  const ctx = withoutRequest(control.api);
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (!session || !plan) return notFound();
  if (session.status !== "open") return over(session);
  return ok(checkoutView(viewOf(ctx, session, plan)));
}

/** Pays, or shows the page again with the reason. A second submit pays nothing twice. */
export async function submitCheckout(
  control: Control,
  id: string,
  typed: Typed,
): Promise<Page> {
  const ctx = withoutRequest(control.api);
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (!session || !plan) return notFound();
  if (session.status === "expired") return over(session);
  if (session.status === "open") {
    const refused = pay(ctx, { session, plan, typed });
    if (refused) return refused;
  }
  const event = ctx.store.get("checkout_plan", id)?.completed_event;
  if (event) await control.deliveries.answered(event, REDIRECT_WAIT_MS);
  const target = session.success_url ?? `${ctx.origin}/c/pay/${id}`;
  return { redirect: target.replaceAll("{CHECKOUT_SESSION_ID}", id) };
}

type Submitted = { session: CheckoutSession; plan: CheckoutPlan; typed: Typed };

function pay(
  ctx: Context,
  { session, plan, typed }: Submitted,
): Page | undefined {
  const view = { ...viewOf(ctx, session, plan), typed };
  const { buyer, errors } = readBuyer(ctx, view);
  if (Object.keys(errors).length > 0)
    return ok(checkoutView({ ...view, errors }), 422);
  const refusal = attempt(ctx, { session, plan, buyer });
  ctx.wake();
  if (!refusal) return undefined;
  if (refusal.status !== 402) {
    return ok(
      checkoutView({ ...view, refusal: refusal.message }),
      refusal.status,
    );
  }
  const cardErrors = cardErrorOf(refusal);
  const text = "Your card was declined. Nothing was charged.";
  return ok(checkoutView({ ...view, errors: cardErrors, refusal: text }), 402);
}

function attempt(
  ctx: Context,
  given: { session: CheckoutSession; plan: CheckoutPlan; buyer: Buyer },
): ApiError | undefined {
  const { session, plan, buyer } = given;
  try {
    return ctx.store.transact(() => {
      const done = completeCheckout(ctx, session, plan, buyer);
      if (isRefusal(done)) return done.refusal;
      ctx.store.put("checkout_plan", { ...plan, completed_event: done.id });
      return undefined;
    });
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function readBuyer(
  ctx: Context,
  view: CheckoutView,
): { buyer: Buyer; errors: FieldErrors } {
  const { typed } = view;
  const read = view.asksCard
    ? readCard(typed, new Date(ctx.clock.nowMs()))
    : { card: null, errors: {} };
  const errors: FieldErrors = { ...read.errors };
  const email = view.knownEmail ?? (typed.email ?? "").trim();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.email = "Enter a valid email address.";
  return {
    buyer: { email, name: (typed.cardName ?? "").trim(), card: read.card },
    errors,
  };
}

function viewOf(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
): CheckoutView {
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
    typed: {},
    errors: {},
    refusal: null,
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
