import type { Context } from "../context";
import { ApiError, invalidRequest, type Refusal } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type {
  Customer,
  Invoice,
  InvoicePayment,
  PaymentIntent,
} from "../objects";
import { onWall } from "./clock-of";
import { adjustBalance } from "./customer-balance";
import { requireCustomer } from "./customers";
import { balanced } from "./invoice-draft";
import { finalizationFailed, taxed } from "./invoice-tax";
import { newIntent } from "./payment-attempt";

export type Opened = {
  open: Invoice;
  customer: { before: Customer; after: Customer };
  /** Both null when nothing is due. */
  intent: PaymentIntent | null;
  payment: InvoicePayment | null;
};

/**
 * Numbers the invoice, applies the customer's balance and makes the intent, unless it is paid already. Stores; emits
 * nothing. Throws where taxes are to be computed and the customer's location is not known.
 */
export function openInvoice(
  ctx: Context,
  draft: Invoice,
  before: Customer,
  paid?: PaymentIntent,
): Opened {
  const now = ctx.clock.now();
  const sums = balanced(taxed(draft, before), before.balance);
  const due = sums.amount_due;
  const used = (sums.ending_balance ?? before.balance) - before.balance;
  const owner = used === 0 ? before : moveBalance(ctx, before, draft, used);
  const after: Customer = {
    ...owner,
    currency: before.currency ?? draft.currency,
    next_invoice_sequence: before.next_invoice_sequence + 1,
  };
  ctx.store.put("customer", after);
  const sequence = String(before.next_invoice_sequence).padStart(4, "0");
  const open: Invoice = {
    ...sums,
    attempted: due === 0,
    automatically_finalizes_at: null,
    customer_address: before.address ?? null,
    customer_email: before.email,
    customer_name: before.name,
    customer_phone: before.phone ?? null,
    effective_at: now,
    last_finalization_error: null,
    hosted_invoice_url: `${ctx.origin}/i/${draft.id}`,
    invoice_pdf: `${ctx.origin}/i/${draft.id}/pdf`,
    next_payment_attempt: null,
    number: `${before.invoice_prefix}-${sequence}`,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  };
  ctx.store.put("invoice", open);
  const customer = { before, after };
  if (due === 0) return { open, customer, intent: null, payment: null };
  const intent =
    paid ??
    newIntent(onWall(ctx), {
      amount: due,
      currency: open.currency,
      customer: before.id,
      description: describe(open),
      ...(open.parent && { setup_future_usage: "off_session" }),
    });
  ctx.store.put("payment_intent", intent);
  return { open, customer, intent, payment: putPayment(ctx, open, intent) };
}

/** The same, where a refusal is kept: the draft stays one and says why. */
export function attemptOpening(ctx: Context, draft: Invoice): Opened | Refusal {
  const customer = requireCustomer(ctx, draft.customer);
  try {
    return ctx.store.attempt(() => openInvoice(ctx, draft, customer));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    finalizationFailed(ctx, draft, error);
    return { refusal: error };
  }
}

function describe(invoice: Invoice): string {
  if (!invoice.parent) return "Payment for Invoice";
  return invoice.billing_reason === "subscription_create"
    ? "Subscription creation"
    : "Subscription update";
}

function putPayment(
  ctx: Context,
  invoice: Invoice,
  intent: PaymentIntent,
): InvoicePayment {
  const payment: InvoicePayment = {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: ctx.clock.now(),
    currency: intent.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  ctx.store.put("invoice_payment", payment);
  return payment;
}

/** The invoice's payment and its intent, which every attempt goes through. */
export function paymentOf(
  ctx: Context,
  invoice: Invoice,
): { payment: InvoicePayment; intent: PaymentIntent } | null {
  const [payment] = ctx.store
    .all("invoice_payment", { index: "invoice", key: invoice.id })
    .filter((one) => one.status !== "canceled");
  const intent =
    payment && ctx.store.get("payment_intent", payment.payment.payment_intent);
  return payment && intent ? { payment, intent } : null;
}

/** What is still asked for has changed, and its open payment asks for the same. A debit under way cannot. */
export function requestPayment(ctx: Context, invoice: Invoice): void {
  const found = paymentOf(ctx, invoice);
  if (!found || found.payment.status !== "open") return;
  const { intent, payment } = found;
  if (intent.status === "processing")
    throw invalidRequest(
      `This PaymentIntent's amount could not be updated because it has a status of processing.`,
      { code: "payment_intent_unexpected_state" },
    );
  const amount = invoice.amount_remaining;
  ctx.store.put("payment_intent", { ...intent, amount });
  ctx.store.put("invoice_payment", { ...payment, amount_requested: amount });
}

/** Nobody is to pay it any more: its open payment and intent are canceled. */
export function cancelPayment(ctx: Context, invoice: Invoice): void {
  const found = paymentOf(ctx, invoice);
  if (!found || found.payment.status === "paid") return;
  const now = ctx.clock.now();
  ctx.store.put("invoice_payment", {
    ...found.payment,
    status: "canceled",
    status_transitions: { canceled_at: now, paid_at: null },
  });
  const intent: PaymentIntent = {
    ...found.intent,
    canceled_at: now,
    cancellation_reason: "void_invoice",
    next_action: null,
    status: "canceled",
  };
  ctx.store.put("payment_intent", intent);
  emit(ctx, "payment_intent.canceled", intent);
}

/** Voiding gives back the balance that the invoice had used. */
export function returnBalance(ctx: Context, invoice: Invoice): void {
  const used = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const customer = ctx.store.get("customer", invoice.customer);
  if (used === 0 || !customer || customer.deleted) return;
  adjustBalance(ctx, customer, {
    amount: -used,
    currency: invoice.currency,
    invoice: invoice.id,
    type: "unapplied_from_invoice",
  });
}

function moveBalance(
  ctx: Context,
  customer: Customer,
  invoice: Invoice,
  amount: number,
): Customer {
  const small = invoice.total > 0 && amount > 0 && customer.balance >= 0;
  return adjustBalance(ctx, customer, {
    amount,
    currency: invoice.currency,
    invoice: invoice.id,
    type: small ? "invoice_too_small" : "applied_to_invoice",
  }).customer;
}
