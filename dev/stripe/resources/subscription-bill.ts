import type { Context } from "../context";
import type { Refusal } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type { Invoice, Subscription, SubscriptionItem } from "../objects";
import { requireCustomer } from "./customers";
import { collectInvoice } from "./invoice-collect";
import { draftInvoice, type InvoiceOrder } from "./invoice-draft";
import { itemLines, noteDebit } from "./invoice-lines";
import { openInvoice } from "./invoice-open";
import {
  pendingItems,
  takeItems,
  type ItemOrder,
  putInvoiceItem,
} from "./pending-items";

/** Stores prorations as pending items; a charge is what a later change credits. */
export function putProrations(ctx: Context, orders: ItemOrder[]): void {
  for (const order of orders) {
    const item = putInvoiceItem(ctx, order);
    const on = item.parent?.subscription_details.subscription_item;
    if (!on || order.amount < 0 || !item.pricing) continue;
    ctx.store.put("debit", {
      id: on,
      amount: item.amount,
      ...item.period,
      quantity: item.quantity,
      price: item.pricing.price_details.price,
      on: { invoice_item: item.id },
    });
  }
}

/** Drafts an invoice of what is pending and of these items' periods; stored and announced. */
export function draftBill(
  ctx: Context,
  subscription: Subscription,
  given: {
    items: SubscriptionItem[];
    billing_reason: InvoiceOrder["billing_reason"];
    period_start?: number;
    waits?: boolean;
    held?: boolean;
  },
): Invoice {
  const { items, held, ...rest } = given;
  const id = newId("in");
  const pending = pendingItems(ctx, subscription.customer, subscription.id);
  const periods = itemLines(ctx, id, subscription, { items });
  const draft = draftInvoice(ctx, {
    ...rest,
    id,
    customer: requireCustomer(ctx, subscription.customer),
    subscription,
    lines: [...takeItems(ctx, id, pending), ...periods],
  });
  const invoice: Invoice = held
    ? {
        ...draft,
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      }
    : draft;
  ctx.store.put("invoice", invoice);
  for (const line of invoice.lines.data) noteDebit(ctx, line);
  return invoice;
}

/** Bills at once, inside the request: drafted, finalized and charged. A refused card leaves it open. */
export function billNow(
  ctx: Context,
  draft: Invoice,
  given: { pending?: boolean } = {},
): Invoice | (Refusal & { invoice: Invoice }) {
  emit(ctx, "invoice.created", draft);
  const { open, intent } = openInvoice(
    ctx,
    draft,
    requireCustomer(ctx, draft.customer),
  );
  emit(ctx, "invoice.finalized", open);
  if (intent) emit(ctx, "payment_intent.created", intent);
  return collectInvoice(ctx, open, {
    automatic: true,
    pending: given.pending ?? false,
  });
}
