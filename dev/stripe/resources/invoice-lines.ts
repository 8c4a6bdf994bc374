import { periodAt } from "../calendar";
import type { Context } from "../context";
import { newId } from "../ids";
import { formatInterval, share } from "../money";
import { priceAmount, unitText } from "./price-amount";
import type {
  InvoiceLine,
  Price,
  Subscription,
  SubscriptionItem,
} from "../objects";

/**
 * One line for each item's current period: free on trial, and its share of the price where a period was cut short
 * by the anchor.
 */
export function itemLines(
  ctx: Context,
  invoice: string,
  subscription: Subscription,
  given: { items?: SubscriptionItem[]; free?: boolean } = {},
): InvoiceLine[] {
  const { items = subscription.items.data } = given;
  const trial = subscription.status === "trialing";
  return items.map((item) => {
    const { price, quantity } = item;
    const start = item.current_period_start;
    const end = item.current_period_end;
    const whole = periodAt(
      subscription.billing_cycle_anchor,
      price.recurring ?? { interval: "day", interval_count: 1 },
      start,
    );
    const full = priceAmount(ctx, price, quantity);
    const amount =
      trial || given.free
        ? 0
        : share(full, end - start, whole.end - whole.start);
    const proration = !trial && whole.start < start;
    return itemLine(ctx, invoice, subscription, item, { amount, proration });
  });
}

function itemLine(
  ctx: Context,
  invoice: string,
  subscription: Subscription,
  item: SubscriptionItem,
  { amount, proration }: { amount: number; proration: boolean },
): InvoiceLine {
  const { price, quantity } = item;
  const trial = subscription.status === "trialing";
  return {
    ...lineBase(invoice, { price, quantity, amount }),
    description: describe(ctx, price, quantity, trial),
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { end: item.current_period_end, start: item.current_period_start },
    subscription: subscription.id,
  };
}

/** Remembers what an item's period was charged with, for a later change to credit. */
export function noteDebit(ctx: Context, line: InvoiceLine): void {
  const details = line.parent?.subscription_item_details;
  if (!details || !line.pricing || line.amount < 0) return;
  ctx.store.put("debit", {
    id: details.subscription_item,
    amount: netOf(line),
    ...line.period,
    quantity: line.quantity ?? 1,
    price: line.pricing.price_details.price,
    on: { invoice: line.invoice ?? "", line: line.id },
  });
}

/** What a line comes to after its discounts. */
function netOf({ amount, discount_amounts }: InvoiceLine): number {
  return (discount_amounts ?? []).reduce(
    (left, one) => left - one.amount,
    amount,
  );
}

function lineBase(
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
  const each = unitText(price);
  return price.recurring && each
    ? `${what} (at ${each} / ${formatInterval(price.recurring)})`
    : what;
}
