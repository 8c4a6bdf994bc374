import type { Context } from "../context";
import { cardError, type Refusal } from "../errors";
import { emit } from "../events";
import type {
  CheckoutSession,
  Customer,
  Event,
  PaymentMethod,
} from "../objects";
import type { CheckoutPlan } from "../records";
import { detailsOf } from "./checkout-create";
import { putNewCustomer, requireCustomer } from "./customers";
import { attemptPayment, emitFailedAttempt } from "./payment-intents";
import { cardFailure, createCard, type CardEntry } from "./saved-cards";
import { putSetupIntent } from "./setup-intents";
import { emitInvoicePaid, startSubscription } from "./subscription-start";

/** What the buyer typed; no card when nothing has to be collected. */
export type Buyer = {
  email: string;
  name: string;
  card: Omit<CardEntry, "email" | "name"> | null;
};
type Purchase = {
  session: CheckoutSession;
  plan: CheckoutPlan;
  buyer: Buyer;
  method: PaymentMethod | null;
};

/** Completes an open session, or refuses the card and leaves the session open. */
export function completeCheckout(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer,
): Event | Refusal {
  const method =
    buyer.card &&
    createCard(ctx, { ...buyer.card, name: buyer.name, email: buyer.email });
  const purchase = { session, plan, buyer, method };
  if (session.mode === "subscription") return subscribe(ctx, purchase);
  if (session.mode === "setup") return saveCard(ctx, purchase);
  return payOnce(ctx, purchase);
}

function subscribe(ctx: Context, purchase: Purchase): Event {
  const { session, plan, method } = purchase;
  const due = session.amount_total ?? 0;
  refuseBeforehand(ctx, method, due > 0 ? "onCharge" : "onSave");
  const customer = customerOf(ctx, purchase);
  const attached = attach(ctx, method, customer.current);
  const days = plan.subscription.trial_period_days;
  const bought = plan.lines.map(({ price, quantity }) => ({ price, quantity }));
  const started = startSubscription(ctx, {
    ...plan.subscription,
    customer: customer.current,
    default_payment_method: attached?.id ?? null,
    payer: attached,
    items: bought.filter((line) => line.price.recurring),
    once: bought.filter((line) => !line.price.recurring),
    trial_end:
      plan.subscription.trial_end ??
      (days ? ctx.clock.now() + days * 86_400 : null),
  });
  const { attempt } = started;
  if (attempt) emit(ctx, "charge.succeeded", attempt.charge);
  if (attached) emit(ctx, "payment_method.attached", attached);
  if (attached && !attempt) emitSetup(ctx, attached, customer.current);
  if (customer.isNew) emit(ctx, "customer.created", customer.current);
  const event = complete(ctx, purchase, {
    customer: customer.current.id,
    invoice: started.invoice.id,
    payment_status: due > 0 ? "paid" : "no_payment_required",
    subscription: started.subscription.id,
  });
  emit(ctx, "customer.updated", started.customer.after, customer.before);
  emit(ctx, "customer.subscription.created", started.subscription);
  if (attempt) {
    emit(ctx, "payment_intent.succeeded", attempt.intent);
    emit(ctx, "payment_intent.created", attempt.created);
  }
  emitInvoicePaid(ctx, started);
  return event;
}

function payOnce(ctx: Context, purchase: Purchase): Event | Refusal {
  const { session, plan, method, buyer } = purchase;
  const wanted =
    session.customer !== null || session.customer_creation === "always";
  const amount = session.amount_total ?? 0;
  const failing =
    method !== null && cardFailure(ctx, method.id, "onCharge") !== undefined;
  // No customer is made for a card that is about to be declined.
  const customer =
    wanted && (session.customer || !failing) ? customerOf(ctx, purchase) : null;
  if (amount === 0 || !method || !session.currency) {
    emitCustomer(ctx, customer);
    return complete(ctx, purchase, {
      customer: customer?.current.id ?? null,
      payment_status: "no_payment_required",
    });
  }
  const attempt = attemptPayment(
    ctx,
    {
      ...plan.payment,
      amount,
      currency: session.currency,
      customer: customer?.current.id ?? null,
      receipt_email: plan.payment.receipt_email ?? buyer.email,
    },
    method,
  );
  if (attempt.refusal) {
    emitFailedAttempt(ctx, attempt);
    return { refusal: attempt.refusal };
  }
  emit(ctx, "charge.succeeded", attempt.charge);
  if (customer && plan.payment.setup_future_usage) {
    const attached = attach(ctx, method, customer.current);
    if (attached) emit(ctx, "payment_method.attached", attached);
  }
  emitCustomer(ctx, customer);
  emit(ctx, "payment_intent.succeeded", attempt.intent);
  emit(ctx, "payment_intent.created", attempt.created);
  return complete(ctx, purchase, {
    customer: customer?.current.id ?? null,
    payment_intent: attempt.intent.id,
    payment_status: "paid",
  });
}

function saveCard(ctx: Context, purchase: Purchase): Event {
  const { method, plan } = purchase;
  refuseBeforehand(ctx, method, "onSave");
  const customer = customerOf(ctx, purchase);
  const attached = attach(ctx, method, customer.current);
  if (!attached) throw new Error("setup mode always asks for a card");
  emitCustomer(ctx, customer);
  emit(ctx, "payment_method.attached", attached);
  const intent = emitSetup(ctx, attached, customer.current, plan.setup);
  return complete(ctx, purchase, {
    customer: customer.current.id,
    setup_intent: intent,
  });
}

/** Outside payment mode a refused card leaves nothing behind, so it is thrown. */
function refuseBeforehand(
  ctx: Context,
  method: PaymentMethod | null,
  when: "onCharge" | "onSave",
): void {
  const failure = method && cardFailure(ctx, method.id, when);
  if (failure) throw cardError(failure, { payment_method: method });
}

type Found = { before: Customer; current: Customer; isNew: boolean };

/** The session's customer, given the e-mail it lacked, or a new one. */
function customerOf(ctx: Context, purchase: Purchase): Found {
  const { session, buyer } = purchase;
  if (!session.customer) {
    const made = putNewCustomer(ctx, {
      email: buyer.email,
      name: buyer.name || null,
    });
    return { before: made, current: made, isNew: true };
  }
  const before = requireCustomer(ctx, session.customer);
  if (before.email) return { before, current: before, isNew: false };
  const current = { ...before, email: buyer.email };
  ctx.store.put("customer", current);
  return { before, current, isNew: false };
}

function emitCustomer(ctx: Context, found: Found | null): void {
  if (found?.isNew) emit(ctx, "customer.created", found.current);
  else if (found && found.current !== found.before) {
    emit(ctx, "customer.updated", found.current, found.before);
  }
}

function attach(
  ctx: Context,
  method: PaymentMethod | null,
  customer: Customer,
): PaymentMethod | null {
  if (!method) return null;
  const attached = { ...method, customer: customer.id };
  ctx.store.put("payment_method", attached);
  return attached;
}

function emitSetup(
  ctx: Context,
  method: PaymentMethod,
  customer: Customer,
  given: CheckoutPlan["setup"] = { description: null, metadata: {} },
): string {
  const intent = putSetupIntent(ctx, {
    ...given,
    customer: customer.id,
    payment_method: method.id,
  });
  emit(ctx, "setup_intent.succeeded", intent);
  emit(ctx, "setup_intent.created", intent);
  return intent.id;
}

function complete(
  ctx: Context,
  purchase: Purchase,
  made: Partial<CheckoutSession>,
): Event {
  const { session, buyer } = purchase;
  const done: CheckoutSession = {
    ...session,
    ...made,
    customer_details: detailsOf(buyer.email, buyer.name),
    status: "complete",
    url: null,
  };
  ctx.store.put("checkout_session", done);
  return emit(ctx, "checkout.session.completed", done);
}
