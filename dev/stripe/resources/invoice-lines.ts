import type { Context } from "../context";
import { newId } from "../ids";
import { formatInterval, formatMoney, priceAmount } from "../money";
import type { InvoiceLine, Price, Subscription } from "../objects";

/** One line for each subscription item's current period; free while on trial. */
export function itemLines(
  ctx: Context,
  invoice: string,
  subscription: Subscription,
  items = subscription.items.data,
): InvoiceLine[] {
  const trial = subscription.status === "trialing";
  return items.map((item) => ({
    ...lineBase(ctx, invoice, {
      price: item.price,
      quantity: item.quantity,
      amount: trial ? 0 : priceAmount(item.price, item.quantity),
    }),
    description: describe(ctx, item.price, item.quantity, trial),
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { end: item.current_period_end, start: item.current_period_start },
    subscription: subscription.id,
  }));
}

/** A one-time price bought together with a subscription: on its first invoice only. */
export function oneTimeLine(
  ctx: Context,
  invoice: string,
  bought: { price: Price; quantity: number; subscription: string },
): InvoiceLine {
  const now = ctx.clock.now();
  const { price, quantity, subscription } = bought;
  return {
    ...lineBase(ctx, invoice, {
      price,
      quantity,
      amount: priceAmount(price, quantity),
    }),
    description: ctx.store.get("product", price.product)?.name ?? null,
    metadata: {},
    parent: {
      invoice_item_details: {
        invoice_item: newId("ii"),
        proration: false,
        proration_details: { credited_items: null },
        subscription,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    },
    period: { end: now, start: now },
    subscription,
  };
}

/** Remembers what an item's period was charged with, for a later change to credit. */
export function noteDebit(ctx: Context, line: InvoiceLine): void {
  const details = line.parent?.subscription_item_details;
  if (!details || !line.pricing || line.amount < 0) return;
  ctx.store.put("debit", {
    id: details.subscription_item,
    amount: line.amount,
    ...line.period,
    quantity: line.quantity ?? 1,
    price: line.pricing.price_details.price,
    on: { invoice: line.invoice ?? "", line: line.id },
  });
}

function lineBase(
  ctx: Context,
  invoice: string,
  bought: { price: Price; quantity: number; amount: number },
): Omit<
  InvoiceLine,
  "description" | "metadata" | "parent" | "period" | "subscription"
> {
  const { price, quantity, amount } = bought;
  return {
    id: newId("il"),
    object: "line_item",
    amount,
    currency: price.currency,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: amount === 0 ? "0" : price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subtotal: amount,
    taxes: [],
  };
}

function describe(
  ctx: Context,
  price: Price,
  quantity: number,
  trial: boolean,
): string {
  const product = ctx.store.get("product", price.product);
  const unit = product?.unit_label ? ` ${product.unit_label}` : "";
  const what = `${quantity}${unit} × ${product?.name ?? price.product}`;
  if (trial) return `Free trial for ${what}`;
  const each = formatMoney(price.unit_amount ?? 0, price.currency);
  return price.recurring
    ? `${what} (at ${each} / ${formatInterval(price.recurring)})`
    : what;
}
