import { periodAt } from "../calendar";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { invalidRequest } from "../errors";
import { newId } from "../ids";
import { embedded } from "../lists";
import type {
  Customer,
  PaymentMethod,
  Price,
  Subscription,
  SubscriptionItem,
} from "../objects";
import type { DiscountParam } from "./discounts";
import { newItem } from "./subscription-change";

type Bought = {
  price: Price;
  quantity: number;
  metadata?: Record<string, string>;
};
export type SubscriptionOrder = {
  customer: Customer;
  /** The one on the subscription itself. */
  default_payment_method: string | null;
  /** The one that pays the first invoice. */
  payer: PaymentMethod | null;
  /** Whether the payer's bank has been satisfied already. */
  authenticated?: boolean;
  automatic_tax?: boolean;
  items: Bought[];
  once: Bought[];
  discounts?: DiscountParam[];
  /** Where periods are counted from, if not from now. */
  anchor?: number | null;
  /** Set when invoices are sent instead of charged. */
  days_until_due?: number | null;
  free_until_anchor?: boolean;
  save_default?: "off" | "on_subscription";
  billing_mode: "classic" | "flexible";
  description: string | null;
  metadata: Record<string, string>;
  missing_payment_method: "cancel" | "create_invoice" | "pause";
  trial_end: number | null;
};

/** Not stored yet: its first invoice decides what becomes of it. */
export function newSubscription(
  ctx: Context,
  order: SubscriptionOrder,
): Subscription {
  const id = newId("sub");
  const now = ctx.clock.now();
  const trial = order.trial_end;
  const anchor = trial ?? order.anchor ?? now;
  const items = order.items.map((bought) =>
    boughtItem(id, bought, { now, trial, anchor }),
  );
  const [first] = items;
  if (!first) throw new Error("a subscription needs an item");
  if (items.some((item) => item.price.currency !== first.price.currency)) {
    throw invalidRequest(
      "All prices on a subscription must use the same currency.",
    );
  }
  const single = items.length === 1 ? first : null;
  return {
    ...nulls("Subscription"),
    id,
    object: "subscription",
    automatic_tax: taxSetting(order.automatic_tax ?? false),
    billing_cycle_anchor: anchor,
    billing_mode:
      order.billing_mode === "flexible"
        ? {
            flexible: { proration_discounts: "included" },
            type: "flexible",
            updated_at: now,
          }
        : { flexible: null, type: "classic" },
    billing_schedules: [],
    cancel_at_period_end: false,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: null,
    },
    collection_method: order.days_until_due
      ? "send_invoice"
      : "charge_automatically",
    created: now,
    currency: first.price.currency,
    customer: order.customer.id,
    days_until_due: order.days_until_due ?? null,
    default_payment_method: order.default_payment_method,
    default_tax_rates: [],
    description: order.description,
    discounts: [],
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: embedded(items, `/v1/subscription_items?subscription=${id}`),
    livemode: false,
    metadata: order.metadata,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: order.save_default ?? "off",
    },
    plan: single?.plan ?? null,
    quantity: single?.quantity ?? null,
    start_date: now,
    status: trial ? "trialing" : "active",
    test_clock: order.customer.test_clock,
    trial_end: trial,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: order.missing_payment_method,
      },
    },
    trial_start: trial ? now : null,
  };
}

export function taxSetting(enabled: boolean): Subscription["automatic_tax"] {
  const liability = enabled ? ({ type: "self" } as const) : null;
  return { disabled_reason: null, enabled, liability };
}

function boughtItem(
  subscription: string,
  { price, ...bought }: Bought,
  at: { now: number; trial: number | null; anchor: number },
): SubscriptionItem {
  if (!price.recurring) {
    throw invalidRequest(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      { param: "items[0][price]" },
    );
  }
  const { end } = periodAt(at.anchor, price.recurring, at.now);
  return {
    ...newItem(subscription, price, bought, at.now),
    current_period_end: at.trial ?? end,
  };
}
