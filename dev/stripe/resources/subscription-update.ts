import type { Context } from "../context";
import { invalidRequest, noSuch, notBuilt } from "../errors";
import type { Subscription, SubscriptionItem } from "../objects";
import * as p from "../params";
import type { Parsed } from "../shape";
import { planOf } from "./price-create";
import { requirePrice } from "./prices";
import {
  cancelLater,
  periodEnd,
  putSubscription,
  undoCancel,
} from "./subscription-cancel";
import { trialSettings } from "./subscription-create";

export const cancellationDetails = p.object({
  comment: p.unsettable(p.string()),
  feedback: p.unsettable(
    p.oneOf(
      "customer_service",
      "low_quality",
      "missing_features",
      "other",
      "switched_service",
      "too_complex",
      "too_expensive",
      "unused",
    ),
  ),
  feedback_option: p.unbuilt(),
});

export const updateParams = {
  add_invoice_items: p.unbuilt(),
  application_fee_percent: p.unbuilt(),
  automatic_tax: p.unbuilt(),
  billing_cycle_anchor: p.oneOf("now", "unchanged"),
  billing_schedules: p.unbuilt(),
  billing_thresholds: p.unbuilt(),
  cancel_at: p.unsettable(p.string()),
  cancel_at_period_end: p.boolean(),
  cancellation_details: cancellationDetails,
  collection_method: p.oneOf("charge_automatically"),
  days_until_due: p.unbuilt(),
  default_payment_method: p.unsettable(p.string()),
  default_source: p.unbuilt(),
  default_tax_rates: p.unbuilt(),
  description: p.unsettable(p.string(500)),
  discounts: p.unbuilt(),
  invoice_settings: p.unbuilt(),
  items: p.array(
    p.object({
      billing_thresholds: p.unbuilt(),
      clear_usage: p.unbuilt(),
      deleted: p.unbuilt(),
      discounts: p.unbuilt(),
      id: p.string(),
      metadata: p.metadata(),
      plan: p.unbuilt(),
      price: p.string(),
      price_data: p.unbuilt(),
      quantity: p.integer({ min: 0 }),
      tax_rates: p.unbuilt(),
    }),
  ),
  metadata: p.metadata(),
  off_session: p.boolean(),
  on_behalf_of: p.unbuilt(),
  pause_collection: p.unbuilt(),
  payment_behavior: p.oneOf("allow_incomplete", "error_if_incomplete"),
  payment_settings: p.unbuilt(),
  pending_invoice_item_interval: p.unbuilt(),
  proration_behavior: p.oneOf("always_invoice", "create_prorations", "none"),
  proration_date: p.unbuilt(),
  transfer_data: p.unbuilt(),
  trial_end: p.unbuilt(),
  trial_from_plan: p.unbuilt(),
  trial_settings: trialSettings,
};
type Update = Parsed<typeof updateParams>;

export function updateSubscription(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  if (before.ended_at !== null) refuseWhenEnded(params);
  if (params.billing_cycle_anchor === "now")
    throw notBuilt("billing_cycle_anchor=now");
  if (
    params.cancel_at !== undefined &&
    params.cancel_at_period_end !== undefined
  ) {
    throw invalidRequest(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      { param: "cancel_at" },
    );
  }
  const after = withCancellation(ctx, withItems(ctx, before, params), params);
  const method = params.default_payment_method;
  if (
    method &&
    ctx.store.get("payment_method", method)?.customer !== before.customer
  ) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      { code: "resource_missing", param: "default_payment_method" },
    );
  }
  return putSubscription(ctx, before, {
    ...after,
    default_payment_method:
      method === undefined ? after.default_payment_method : method,
    description:
      params.description === undefined ? after.description : params.description,
    metadata: p.mergeMetadata(before.metadata, params.metadata),
    trial_settings: params.trial_settings
      ? {
          end_behavior: {
            ...params.trial_settings.end_behavior,
            billing_cycle_anchor: null,
          },
        }
      : after.trial_settings,
  });
}

function refuseWhenEnded(params: Update): void {
  const {
    metadata: _metadata,
    cancellation_details: _details,
    ...others
  } = params;
  if (Object.values(others).some((value) => value !== undefined)) {
    throw invalidRequest(
      "A canceled subscription can only update its cancellation_details and metadata.",
    );
  }
}

function withCancellation(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  const details = params.cancellation_details;
  const { cancel_at: at, cancel_at_period_end: flag } = params;
  if (flag === true)
    return cancelLater(ctx, before, { ...details, cancel_at_period_end: true });
  if (flag === false || at === null)
    return before.cancel_at === null ? before : undoCancel(before);
  if (at === undefined) {
    if (!details) return before;
    const old = before.cancellation_details;
    return {
      ...before,
      cancellation_details: {
        comment:
          details.comment === undefined
            ? (old?.comment ?? null)
            : details.comment,
        feedback:
          details.feedback === undefined
            ? (old?.feedback ?? null)
            : details.feedback,
        feedback_option: old?.feedback_option ?? null,
        reason: old?.reason ?? null,
      },
    };
  }
  const atPeriodEnd = [
    "max_period_end",
    "min_period_end",
    String(periodEnd(before)),
  ];
  if (!atPeriodEnd.includes(at))
    throw notBuilt("cancel_at other than the period's end");
  return cancelLater(ctx, before, { ...details, cancel_at_period_end: false });
}

/** Price and quantity without proration only; on trial nothing would be prorated anyway. */
function withItems(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  if (!params.items?.length) return before;
  const data = params.items.reduce((items, change, at) => {
    if (!change.id) throw notBuilt("adding an item to a subscription");
    const item = items.find((one) => one.id === change.id);
    if (!item) {
      throw noSuch("subscription_item", change.id, {
        param: `items[${at}][id]`,
        status: 400,
      });
    }
    const changed = changedItem(ctx, item, change, at);
    return items.map((one) => (one.id === item.id ? changed : one));
  }, before.items.data);
  const billed =
    JSON.stringify(data.map(billing)) !==
    JSON.stringify(before.items.data.map(billing));
  if (
    billed &&
    params.proration_behavior !== "none" &&
    before.status !== "trialing"
  ) {
    throw notBuilt(
      "proration: pass proration_behavior=none; other item changes",
    );
  }
  const [only] = data.length === 1 ? data : [];
  return {
    ...before,
    items: { ...before.items, data },
    plan: only?.plan ?? null,
    quantity: only?.quantity ?? null,
  };
}

function billing(item: SubscriptionItem): unknown {
  return [item.price.id, item.quantity];
}

function changedItem(
  ctx: Context,
  item: SubscriptionItem,
  change: NonNullable<Update["items"]>[number],
  at: number,
): SubscriptionItem {
  const param = `items[${at}][price]`;
  const price = change.price
    ? requirePrice(ctx, change.price, { param, status: 400 })
    : item.price;
  const { interval, interval_count } = price.recurring ?? {};
  const now = item.price.recurring;
  if (interval !== now?.interval || interval_count !== now?.interval_count) {
    throw notBuilt("changing a subscription's interval");
  }
  // Stripe resets the quantity to one when the price changes and none is given.
  const kept = price.id === item.price.id ? item.quantity : 1;
  return {
    ...item,
    metadata: p.mergeMetadata(item.metadata, change.metadata),
    plan: planOf(price),
    price,
    quantity: change.quantity ?? kept,
  };
}
