import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type {
  Customer,
  Invoice,
  InvoicePayment,
  Subscription,
} from "../objects";
import { itemLines, oneTimeLine } from "./invoice-lines";
import { putInvoicePayment } from "./invoice-payments";
import { draftInvoice, finalized, paid } from "./invoices";
import { attemptPayment, type Attempt } from "./payment-intents";
import { newSubscription, type SubscriptionOrder } from "./subscription-new";

/** Everything a new subscription brought about, with the snapshots its events carry. */
export type Started = {
  subscription: Subscription;
  customer: { before: Customer; after: Customer };
  draft: Invoice;
  open: Invoice;
  invoice: Invoice;
  attempt: Attempt | null;
  payment: InvoicePayment | null;
};

/** Stores the subscription and its first invoice, and charges it. Emits nothing. */
export function startSubscription(
  ctx: Context,
  order: SubscriptionOrder,
): Started {
  const { customer, payer } = order;
  const created = newSubscription(ctx, order);
  if (customer.currency && customer.currency !== created.currency) {
    throw invalidRequest(
      `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${customer.currency}.`,
    );
  }
  const id = newId("in");
  const lines = [
    ...order.once.map((bought) =>
      oneTimeLine(ctx, id, { ...bought, subscription: created.id }),
    ),
    ...itemLines(ctx, id, created),
  ];
  const draft = draftInvoice(ctx, {
    id,
    customer,
    subscription: created,
    lines,
    billing_reason: "subscription_create",
  });
  const open = finalized(ctx, draft, customer);
  const after: Customer = {
    ...customer,
    currency: created.currency,
    next_invoice_sequence: customer.next_invoice_sequence + 1,
  };
  ctx.store.put("customer", after);
  const attempt =
    open.amount_due > 0 && payer
      ? attemptPayment(
          ctx,
          {
            amount: open.amount_due,
            currency: open.currency,
            customer: customer.id,
            description: "Subscription creation",
            setup_future_usage: "off_session",
          },
          payer,
        )
      : null;
  const settled =
    open.amount_due === 0 || attempt?.intent.status === "succeeded";
  const invoice = settled
    ? paid(ctx, open)
    : { ...open, attempt_count: 1, attempted: true };
  ctx.store.put("invoice", invoice);
  const payment = attempt && putInvoicePayment(ctx, invoice, attempt.intent);
  const subscription: Subscription = {
    ...created,
    latest_invoice: id,
    status: settled ? created.status : "incomplete",
  };
  ctx.store.put("subscription", subscription);
  return {
    subscription,
    customer: { before: customer, after },
    draft,
    open,
    invoice,
    attempt,
    payment,
  };
}

export function emitInvoicePaid(ctx: Context, started: Started): void {
  emit(ctx, "invoice.created", started.draft);
  emit(ctx, "invoice.finalized", started.open);
  emit(ctx, "invoice.paid", started.invoice);
  emit(ctx, "invoice.payment_succeeded", started.invoice);
  if (started.payment) emit(ctx, "invoice_payment.paid", started.payment);
}
