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
import { emitPaid, putPaid } from "./invoice-collect";
import { draftInvoice } from "./invoice-draft";
import { itemLines, noteDebit, oneTimeLine } from "./invoice-lines";
import { openInvoice } from "./invoice-open";
import { chargeIntent, type Attempt } from "./payment-attempt";
import { noteAlarms } from "./subscription-alarms";
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
  const opened = openInvoice(ctx, draft, customer);
  const { open, intent } = opened;
  const { authenticated = false } = order;
  const attempt =
    intent && payer
      ? chargeIntent(ctx, intent, payer, { authenticated })
      : null;
  const settled = !intent || attempt?.intent.status === "succeeded";
  const done = settled
    ? putPaid(ctx, open, attempt?.intent ?? null, { counts: true })
    : {
        // A question of the bank's is no attempt yet.
        invoice: {
          ...open,
          attempt_count: attempt?.refusal ? 1 : 0,
          attempted: true,
        },
        payment: null,
      };
  ctx.store.put("invoice", done.invoice);
  const subscription: Subscription = {
    ...created,
    latest_invoice: id,
    status: settled ? created.status : "incomplete",
  };
  ctx.store.put("subscription", subscription);
  for (const line of lines) noteDebit(ctx, line);
  noteAlarms(ctx, subscription);
  return {
    subscription,
    customer: opened.customer,
    draft,
    open,
    invoice: done.invoice,
    attempt,
    payment: done.payment,
  };
}

export function emitInvoicePaid(ctx: Context, started: Started): void {
  emit(ctx, "invoice.created", started.draft);
  emit(ctx, "invoice.finalized", started.open);
  emitPaid(ctx, started.invoice, started.payment);
}
