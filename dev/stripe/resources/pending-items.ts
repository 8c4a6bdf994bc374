import type { Context } from "../context";
import { emit } from "../events";
import { newId } from "../ids";
import { priceAmount } from "./price-amount";
import type { InvoiceItem, InvoiceLine, Price } from "../objects";

export type ItemOrder = Pick<
  InvoiceItem,
  "amount" | "currency" | "customer" | "description" | "period"
> &
  Partial<InvoiceItem>;

/** Stores a one-off charge or a proration, pending unless it names an invoice. */
export function putInvoiceItem(ctx: Context, given: ItemOrder): InvoiceItem {
  const item: InvoiceItem = {
    id: newId("ii"),
    object: "invoiceitem",
    customer_account: null,
    date: ctx.clock.now(),
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: given.amount,
    parent: null,
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: String(given.quantity ?? 1),
    tax_rates: [],
    test_clock: null,
    ...given,
  };
  ctx.store.put("invoice_item", item);
  emit(ctx, "invoiceitem.created", item);
  return item;
}

/** A one-time price, for the invoice that is about to be made. */
export function putOneTime(
  ctx: Context,
  { price, quantity }: { price: Price; quantity: number },
  owner: Pick<InvoiceItem, "customer"> & Partial<InvoiceItem>,
): InvoiceItem {
  const now = ctx.clock.now();
  return putInvoiceItem(ctx, {
    amount: priceAmount(ctx, price, quantity),
    currency: price.currency,
    description: ctx.store.get("product", price.product)?.name ?? null,
    period: { end: now, start: now },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    ...owner,
  });
}

/** What waits for the next invoice of a subscription, or of the customer alone. */
export function pendingItems(
  ctx: Context,
  customer: string,
  subscription: string | null,
): InvoiceItem[] {
  return ctx.store
    .all("invoice_item", { index: "pending", key: customer })
    .filter((item) => subscriptionIn(item) === subscription);
}

/** Puts pending items on an invoice, as lines. */
export function takeItems(
  ctx: Context,
  invoice: string,
  items: InvoiceItem[],
): InvoiceLine[] {
  return items.map((item) => {
    ctx.store.put("invoice_item", { ...item, invoice });
    const line = lineOf(invoice, item);
    const on = line.parent?.subscription_item_details?.subscription_item;
    const debit = on && ctx.store.get("debit", on);
    if (
      debit &&
      "invoice_item" in debit.on &&
      debit.on.invoice_item === item.id
    )
      ctx.store.put("debit", { ...debit, on: { invoice, line: line.id } });
    return line;
  });
}

export function lineOf(invoice: string, item: InvoiceItem): InvoiceLine {
  const credited = item.proration_details?.credited_items;
  const shared = {
    invoice_item: item.id,
    proration: item.proration,
    proration_details: {
      credited_items: credited?.invoice_line_item_details ?? null,
    },
    subscription: subscriptionIn(item),
  };
  const on = item.parent?.subscription_details.subscription_item;
  return {
    id: newId("il"),
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: on
      ? {
          invoice_item_details: null,
          subscription_item_details: { ...shared, subscription_item: on },
          type: "subscription_item_details",
        }
      : {
          invoice_item_details: shared,
          subscription_item_details: null,
          type: "invoice_item_details",
        },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: subscriptionIn(item),
    subtotal: item.amount,
    taxes: [],
  };
}

function subscriptionIn(item: InvoiceItem): string | null {
  return item.parent?.subscription_details.subscription ?? null;
}
