import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { priceAmount } from "./price-amount";
import type {
  Customer,
  Invoice,
  InvoicePayment,
  PaymentIntent,
  Subscription,
} from "../objects";
import { onClockOf, onWall } from "./clock-of";
import { redeem } from "./discounts";
import { emitPaid, putPaid } from "./invoice-collect";
import { draftInvoice } from "./invoice-draft";
import { itemLines, noteDebit } from "./invoice-lines";
import { openInvoice } from "./invoice-open";
import { chargeIntent, type Attempt } from "./payment-attempt";
import { noteRenewal, noteTrial } from "./alarms";
import { putOneTime, takeItems } from "./pending-items";
import { newSubscription, type SubscriptionOrder } from "./subscription-new";

/** Everything a new subscription brought about, with the snapshots its events carry. */
export type Started = {
  subscription: Subscription;
  customer: { before: Customer; after: Customer };
  draft: Invoice;
  /** Null while an invoice to be sent is still a draft. */
  open: Invoice | null;
  invoice: Invoice;
  intent: PaymentIntent | null;
  attempt: Attempt | null;
  payment: InvoicePayment | null;
};

/** Stores the subscription and its first invoice, and charges it. Emits nothing. */
export function startSubscription(
  world: Context,
  order: SubscriptionOrder,
): Started {
  const { customer, payer } = order;
  const ctx = onClockOf(world, customer);
  const bare = newSubscription(ctx, order);
  const discounts = redeem(
    ctx,
    order.discounts ?? [],
    { customer: customer.id, subscription: bare.id },
    {
      amount: order.items.reduce(
        (sum, { price, quantity }) => sum + priceAmount(ctx, price, quantity),
        0,
      ),
      currency: bare.currency,
      firstTime: customer.next_invoice_sequence === 1,
    },
  );
  const created = { ...bare, discounts: discounts.map(({ id }) => id) };
  if (customer.currency && customer.currency !== created.currency) {
    throw invalidRequest(
      `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${customer.currency}.`,
    );
  }
  const id = newId("in");
  const once = order.once.map((bought) =>
    putOneTime(ctx, bought, {
      customer: customer.id,
      parent: {
        subscription_details: { subscription: created.id },
        type: "subscription_details",
      },
      test_clock: created.test_clock,
    }),
  );
  const periods = itemLines(ctx, id, created, {
    free: order.free_until_anchor ?? false,
  });
  const sent = created.collection_method === "send_invoice";
  const draft = draftInvoice(ctx, {
    id,
    customer,
    subscription: created,
    lines: [...takeItems(ctx, id, once), ...periods],
    billing_reason: "subscription_create",
    waits: sent,
  });
  const opened = sent ? null : openInvoice(ctx, draft, customer);
  const open = opened?.open ?? null;
  const intent = opened?.intent ?? null;
  const { authenticated = false } = order;
  const attempt =
    intent && payer
      ? chargeIntent(onWall(ctx), intent, payer, { authenticated })
      : null;
  const settled = !intent || attempt?.intent.status === "succeeded";
  const first = settle(ctx, { draft, open, settled, attempt });
  ctx.store.put("invoice", first.invoice);
  const saves = order.save_default === "on_subscription" && attempt && settled;
  const subscription: Subscription = {
    ...created,
    ...(saves && payer && { default_payment_method: payer.id }),
    latest_invoice: id,
    status: settled ? created.status : "incomplete",
  };
  ctx.store.put("subscription", subscription);
  for (const line of draft.lines.data) noteDebit(ctx, line);
  noteTrial(ctx, subscription);
  noteRenewal(ctx, subscription);
  return {
    subscription,
    customer: opened?.customer ?? { before: customer, after: customer },
    draft,
    open,
    invoice: first.invoice,
    intent,
    attempt,
    payment: first.payment,
  };
}

/** The first invoice after its first attempt: it is not tried again by itself. */
function settle(
  ctx: Context,
  given: {
    draft: Invoice;
    open: Invoice | null;
    settled: boolean;
    attempt: Attempt | null;
  },
): { invoice: Invoice; payment: InvoicePayment | null } {
  const { draft, open, settled, attempt } = given;
  if (!open) return { invoice: draft, payment: null };
  if (settled)
    return putPaid(ctx, open, attempt?.intent ?? null, { counts: true });
  const asks = attempt?.intent.status === "requires_action";
  const attempt_count = attempt && !asks ? 1 : 0;
  const attempted = attempt !== null;
  return { invoice: { ...open, attempt_count, attempted }, payment: null };
}

export function emitInvoicePaid(ctx: Context, started: Started): void {
  emit(ctx, "invoice.created", started.draft);
  if (started.open) emit(ctx, "invoice.finalized", started.open);
  emitPaid(ctx, started.invoice, started.payment);
}
