import { DAY } from "../calendar";
import type { Context } from "../context";
import { cardError, invalidRequest, type Refusal } from "../errors";
import { emit } from "../events";
import type {
  Invoice,
  InvoicePayment,
  PaymentIntent,
  PaymentMethod,
  Subscription,
} from "../objects";
import { billingSettings } from "./billing-settings";
import { onWall } from "./clock-of";
import { cancelPayment, paymentOf } from "./invoice-open";
import { chargeIntent, emitAttempt } from "./payment-attempt";
import {
  collectionFailed,
  collectionGivenUp,
  invoiceSettled,
  subscriptionOf,
} from "./subscription-status";

/** These cards are not tried again until there is another. */
const HOPELESS = new Set(
  `authentication_required highest_risk_level incorrect_number lost_card pickup_card
  revocation_of_all_authorizations revocation_of_authorization stolen_card
  transaction_not_allowed`.split(/\s+/),
);

/** The method that pays, in Stripe's order; null when there is nothing to charge. */
export function payerOf(
  ctx: Context,
  given: { customer: string; default_payment_method?: string | null },
  subscription: Subscription | null,
): PaymentMethod | null {
  const customer = ctx.store.get("customer", given.customer);
  const id =
    given.default_payment_method ??
    subscription?.default_payment_method ??
    (customer?.deleted
      ? null
      : customer?.invoice_settings.default_payment_method);
  const method = id && ctx.store.get("payment_method", id);
  return method && method.customer === given.customer ? method : null;
}

/** The invoice after its money came in; stored, without events. */
export function putPaid(
  ctx: Context,
  open: Invoice,
  intent: PaymentIntent | null,
  given: { counts: boolean },
): { invoice: Invoice; payment: InvoicePayment | null } {
  const now = ctx.clock.now();
  const invoice: Invoice = {
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: open.attempt_count + (intent && given.counts ? 1 : 0),
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...open.status_transitions, paid_at: now },
  };
  ctx.store.put("invoice", invoice);
  const found = intent && paymentOf(ctx, open);
  if (!found) return { invoice, payment: null };
  const payment: InvoicePayment = {
    ...found.payment,
    amount_paid: intent.amount,
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: now },
  };
  ctx.store.put("invoice_payment", payment);
  return { invoice, payment };
}

/** Pays an open invoice whose intent has succeeded or whose amount is nothing, and says so. */
export function settleInvoice(
  ctx: Context,
  open: Invoice,
  given: { intent: PaymentIntent | null; counts: boolean },
): Invoice {
  const { invoice, payment } = putPaid(ctx, open, given.intent, given);
  if (given.intent) emit(ctx, "invoice.updated", invoice, open);
  emitPaid(ctx, invoice, payment);
  invoiceSettled(ctx, invoice);
  return invoice;
}

/** Paid elsewhere: no charge, and no news of a payment. */
export function payOutOfBand(ctx: Context, open: Invoice): Invoice {
  const { invoice } = putPaid(ctx, open, null, { counts: false });
  cancelPayment(ctx, invoice);
  emit(ctx, "invoice.updated", invoice, open);
  emit(ctx, "invoice.paid", invoice);
  invoiceSettled(ctx, invoice);
  return invoice;
}

export function emitPaid(
  ctx: Context,
  invoice: Invoice,
  payment: InvoicePayment | null,
): void {
  emit(ctx, "invoice.paid", invoice);
  emit(ctx, "invoice.payment_succeeded", invoice);
  if (payment) emit(ctx, "invoice_payment.paid", payment);
}

/**
 * One attempt at an open invoice's money. Time's own attempts count and schedule the next one;
 * somebody else's only report how they went. While a change is pending on it, a failure has no consequence.
 */
export function collectInvoice(
  ctx: Context,
  open: Invoice,
  given: { automatic: boolean; payer?: PaymentMethod; pending?: boolean },
): Invoice | (Refusal & { invoice: Invoice }) {
  const { automatic } = given;
  if (open.amount_due === 0)
    return settleInvoice(ctx, open, { intent: null, counts: false });
  const found = paymentOf(ctx, open);
  if (!found) throw new Error(`the open invoice ${open.id} has no intent`);
  const payer = given.payer ?? payerOf(ctx, open, subscriptionOf(ctx, open));
  if (automatic && payer?.custom) return askElsewhere(ctx, open);
  const attempt =
    payer && !(automatic && isHopeless(found.intent, payer))
      ? chargeIntent(onWall(ctx), found.intent, payer, {
          session: automatic ? "billing" : "on",
        })
      : null;
  if (attempt) emitAttempt(ctx, attempt);
  if (attempt && attempt.intent.status === "succeeded")
    return settleInvoice(ctx, open, {
      intent: attempt.intent,
      counts: automatic,
    });
  const counted = automatic ? countFailure(ctx, open) : open;
  const invoice: Invoice = {
    ...counted,
    attempted: true,
    ...(given.pending && { next_payment_attempt: null }),
  };
  ctx.store.put("invoice", invoice);
  emit(ctx, "invoice.updated", invoice, open);
  if (attempt?.intent.status === "requires_action")
    emit(ctx, "invoice.payment_action_required", invoice);
  emit(ctx, "invoice.payment_failed", invoice);
  if (!given.pending) {
    collectionFailed(ctx, invoice);
    if (automatic && invoice.next_payment_attempt === null)
      collectionGivenUp(ctx, invoice);
  }
  if (attempt?.intent.status === "requires_action")
    return { invoice, refusal: needsAction() };
  return { invoice, refusal: attempt?.refusal ?? noPayer() };
}

/** Its method is not Stripe's to charge: the shop is told, and pays it out of band once it has the money. */
function askElsewhere(ctx: Context, open: Invoice): Invoice {
  const invoice = { ...open, next_payment_attempt: null };
  ctx.store.put("invoice", invoice);
  emit(ctx, "invoice.payment_attempt_required", invoice);
  return invoice;
}

function needsAction(): Refusal["refusal"] {
  return cardError({
    code: "invoice_payment_intent_requires_action",
    message:
      "Invoice payment requires additional user action before completion to pay.",
  });
}

function noPayer(): Refusal["refusal"] {
  return invalidRequest(
    "There is no `default_payment_method` set on this Customer or Invoice. Please set a `default_payment_method` to attempt to charge this invoice, or pass one.",
    { code: "invoice_payment_intent_requires_action" },
  );
}

function isHopeless(intent: PaymentIntent, payer: PaymentMethod): boolean {
  const last = intent.last_payment_error;
  return (
    last?.payment_method?.id === payer.id &&
    HOPELESS.has(last.decline_code ?? last.code ?? "")
  );
}

function countFailure(ctx: Context, open: Invoice): Invoice {
  const attempts = open.attempt_count + 1;
  const days = billingSettings(ctx).retry_days[attempts - 1];
  const first = open.status_transitions.finalized_at ?? ctx.clock.now();
  return {
    ...open,
    attempt_count: attempts,
    attempted: true,
    next_payment_attempt: days === undefined ? null : first + days * DAY,
  };
}
