import type { Context } from "../context";
import { cardError, type Refusal } from "../errors";
import { emit } from "../events";
import type {
  CheckoutSession,
  Customer,
  Event,
  PaymentIntent,
  PaymentMethod,
} from "../objects";
import type { BuyerDetails, CheckoutPlan } from "../records";
import { redeemFor } from "./checkout-amounts";
import { invoicePurchase } from "./checkout-invoice";
import { putNewCustomer, requireCustomer } from "./customers";
import { attemptPayment, emitFailedAttempt } from "./payment-attempt";
import { judgeCard } from "./saved-cards";
import { confirmSetup, newSetupIntent } from "./setup-attempt";
import { emitInvoicePaid, startSubscription } from "./subscription-start";

/** What the buyer gave; no method when nothing has to be collected. */
export type Buyer = BuyerDetails & {
  method: PaymentMethod | null;
  /** Whether the bank's question has been answered. */
  authenticated: boolean;
};
type Purchase = { session: CheckoutSession; plan: CheckoutPlan; buyer: Buyer };

/** What the bank says to this purchase before anything is made of it. */
export function judgePurchase(
  ctx: Context,
  session: CheckoutSession,
  { method, authenticated }: Buyer,
): ReturnType<typeof judgeCard> {
  const charges = (session.amount_total ?? 0) > 0;
  return method
    ? judgeCard(ctx, method.id, charges ? "charge" : "setup", { authenticated })
    : undefined;
}

/** Completes an open session, or refuses the card and leaves the session open. */
export function completeCheckout(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer,
): Event | Refusal {
  const purchase = { session, plan, buyer };
  if (session.mode === "payment") return payOnce(ctx, purchase);
  // Outside payment mode a refused card leaves nothing behind, so it is thrown.
  const failure = judgePurchase(ctx, session, buyer);
  if (failure === "challenge") throw new Error("the bank was not asked");
  if (failure)
    throw cardError(
      failure,
      buyer.method ? { payment_method: buyer.method } : {},
    );
  return session.mode === "subscription"
    ? subscribe(ctx, purchase)
    : saveCard(ctx, purchase);
}

function subscribe(ctx: Context, purchase: Purchase): Event {
  const { session, plan, buyer } = purchase;
  const due = session.amount_total ?? 0;
  const customer = customerOf(ctx, purchase);
  const attached = attach(ctx, buyer.method, customer.current, buyer.saves);
  const days = plan.subscription.trial_period_days;
  const bought = plan.lines.map(({ price, quantity }) => ({ price, quantity }));
  const started = startSubscription(ctx, {
    ...plan.subscription,
    customer: customer.current,
    discounts: plan.discount ? [plan.discount] : [],
    default_payment_method: attached?.id ?? null,
    payer: attached,
    authenticated: buyer.authenticated,
    items: bought.filter((line) => line.price.recurring),
    once: bought.filter((line) => !line.price.recurring),
    trial_end:
      plan.subscription.trial_end ??
      (days ? ctx.clock.now() + days * 86_400 : null),
  });
  const { attempt } = started;
  if (attempt?.charge) emit(ctx, "charge.succeeded", attempt.charge);
  if (attached && !buyer.method?.customer)
    emit(ctx, "payment_method.attached", attached);
  if (attached && !attempt) setUp(ctx, purchase, attached);
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
  const { session, plan, buyer } = purchase;
  const { method, authenticated } = buyer;
  const wanted =
    session.customer !== null ||
    session.customer_creation === "always" ||
    plan.invoice !== null;
  const amount = session.amount_total ?? 0;
  const failing = judgePurchase(ctx, session, buyer) !== undefined;
  // No customer is made for a card that is about to be declined.
  const customer =
    wanted && (session.customer || !failing) ? customerOf(ctx, purchase) : null;
  if (amount === 0 || !method || !session.currency) {
    emitCustomer(ctx, customer);
    return complete(ctx, purchase, {
      ...bill(ctx, purchase, customer, null),
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
    { authenticated },
  );
  if (attempt.refusal) {
    emitFailedAttempt(ctx, attempt);
    return { refusal: attempt.refusal };
  }
  const late = attempt.intent.status === "processing";
  if (attempt.charge)
    emit(ctx, late ? "charge.pending" : "charge.succeeded", attempt.charge);
  if (customer && (plan.payment.setup_future_usage || buyer.saves)) {
    const attached = attach(ctx, method, customer.current, buyer.saves);
    if (attached && !method.customer)
      emit(ctx, "payment_method.attached", attached);
  }
  emitCustomer(ctx, customer);
  const outcome = late ? "processing" : "succeeded";
  emit(ctx, `payment_intent.${outcome}`, attempt.intent);
  emit(ctx, "payment_intent.created", attempt.created);
  return complete(ctx, purchase, {
    ...bill(ctx, purchase, customer, attempt.intent),
    payment_intent: attempt.intent.id,
    payment_status: late ? "unpaid" : "paid",
  });
}

/** Uses the discount up and makes the invoice that was asked for. */
function bill(
  ctx: Context,
  { session, plan }: Purchase,
  found: Found | null,
  intent: PaymentIntent | null,
): Pick<CheckoutSession, "customer" | "invoice"> {
  const customer = found?.current.id ?? null;
  const owner = { id: session.id, customer };
  const discounts = plan.discount
    ? redeemFor(ctx, plan.lines, plan.discount, owner)
    : [];
  const invoice =
    found && invoicePurchase(ctx, plan, found.current, { intent, discounts });
  return { customer, invoice: invoice?.id ?? null };
}

function saveCard(ctx: Context, purchase: Purchase): Event {
  const customer = customerOf(ctx, purchase);
  const attached = attach(ctx, purchase.buyer.method, customer.current);
  if (!attached) throw new Error("setup mode always asks for a card");
  emitCustomer(ctx, customer);
  emit(ctx, "payment_method.attached", attached);
  return complete(ctx, purchase, {
    customer: customer.current.id,
    setup_intent: setUp(ctx, purchase, attached),
  });
}

type Found = { before: Customer; current: Customer; isNew: boolean };

/** The session's customer with what it lacked or may be told anew, or a new one. */
function customerOf(ctx: Context, purchase: Purchase): Found {
  const { session, buyer, plan } = purchase;
  const { address, email, phone, shipping } = buyer;
  if (!session.customer) {
    const name = buyer.name || null;
    const given = { address, email, name, phone, shipping };
    const made = putNewCustomer(ctx, given);
    return { before: made, current: made, isNew: true };
  }
  const before = requireCustomer(ctx, session.customer);
  const changes: Partial<Customer> = {
    ...(!before.email && { email }),
    ...(plan.saves.address && address && { address }),
    ...(plan.saves.name && buyer.name && { name: buyer.name }),
    ...(plan.saves.shipping && shipping && { shipping }),
  };
  if (Object.keys(changes).length === 0)
    return { before, current: before, isNew: false };
  const current = { ...before, ...changes };
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
  saves = false,
): PaymentMethod | null {
  if (!method) return null;
  const attached: PaymentMethod = {
    ...method,
    ...(saves && { allow_redisplay: "always" }),
    customer: customer.id,
  };
  ctx.store.put("payment_method", attached);
  return attached;
}

function setUp(
  ctx: Context,
  { plan }: Purchase,
  method: PaymentMethod,
): string {
  const created = newSetupIntent(ctx, {
    ...plan.setup,
    customer: method.customer,
  });
  confirmSetup(ctx, created, method, { authenticated: true });
  emit(ctx, "setup_intent.created", created);
  return created.id;
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
    collected_information: buyer.shipping && {
      business_name: null,
      individual_name: null,
      shipping_details: {
        address: buyer.shipping.address,
        name: buyer.shipping.name,
      },
    },
    customer_details: {
      address: buyer.address,
      business_name: null,
      email: buyer.email,
      individual_name: null,
      name: buyer.name,
      phone: buyer.phone,
      tax_exempt: "none",
      tax_ids: buyer.tax_id ? [{ type: "eu_vat", value: buyer.tax_id }] : [],
    },
    status: "complete",
    url: null,
  };
  ctx.store.put("checkout_session", done);
  return emit(ctx, "checkout.session.completed", done);
}
