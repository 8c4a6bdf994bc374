import { DAY, periodAt } from "../calendar";
import { checkExclusive, checkLength, checkRange } from "../checks";
import type { Context } from "../context";
import type { Params } from "../contract/params";
import {
  type ApiError,
  cardError,
  invalidRequest,
  missingParam,
} from "../errors";
import { emit } from "../events";
import { mergeMetadata } from "../metadata";
import type { Customer, PaymentMethod, Price, Subscription } from "../objects";
import { priceAmount } from "./price-amount";
import { emitAttempt } from "./payment-attempt";
import { requirePrice } from "./prices";
import { resolvePaymentMethod } from "./saved-cards";
import { cancelLater } from "./subscription-cancel";
import {
  emitInvoicePaid,
  startSubscription,
  type Started,
} from "./subscription-start";

type Create = Params<"subscriptions.create">;

export const CREATABLE = `add_invoice_items[].price add_invoice_items[].quantity automatic_tax.enabled billing_cycle_anchor
  billing_cycle_anchor_config.day_of_month billing_cycle_anchor_config.hour
  billing_cycle_anchor_config.minute billing_cycle_anchor_config.second billing_mode.type
  cancel_at_period_end collection_method=charge_automatically|send_invoice currency customer
  days_until_due default_payment_method description discounts items[].metadata items[].price items[].quantity
  metadata off_session payment_behavior=allow_incomplete|default_incomplete|error_if_incomplete
  payment_settings.save_default_payment_method proration_behavior=create_prorations|none trial_end
  trial_period_days trial_settings.end_behavior.missing_payment_method`;

/** The subscription with its first invoice, charged at once unless the caller confirms it later. */
export function createSubscription(
  ctx: Context,
  customer: Customer,
  params: Create,
): Subscription {
  if (!params.items?.length) throw missingParam("items");
  checkLength(params.description, "description", 500);
  checkRange(params.trial_period_days, "trial_period_days", {
    min: 1,
    max: 730,
  });
  checkExclusive(params, ["trial_end", "trial_period_days"]);
  const behaviour = params.payment_behavior ?? "allow_incomplete";
  const sends = params.collection_method === "send_invoice";
  if (sends && !params.days_until_due) throw missingParam("days_until_due");
  const bought = (asked: { price?: string; quantity?: number }, at: string) => {
    const param = `${at}[price]`;
    if (!asked.price) throw missingParam(param);
    checkRange(asked.quantity, `${at}[quantity]`, { min: 0 });
    const price = requirePrice(ctx, asked.price, { param, status: 400 });
    return { price, quantity: asked.quantity ?? 1 };
  };
  const items = params.items.map((item, at) => ({
    ...bought(item, `items[${at}]`),
    metadata: mergeMetadata({}, item.metadata),
  }));
  const once = (params.add_invoice_items ?? []).map((item, at) =>
    bought(item, `add_invoice_items[${at}]`),
  );
  const payer = firstPayer(ctx, customer, params.default_payment_method);
  const trial_end = trialEnd(ctx, params);
  const free = [...(trial_end ? [] : items), ...once].every(
    ({ price, quantity }) => priceAmount(ctx, price, quantity) === 0,
  );
  const confirmed = behaviour === "default_incomplete" || sends;
  if (!payer && !free && !confirmed) {
    throw invalidRequest(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
  }
  const started = startSubscription(ctx, {
    customer,
    default_payment_method: params.default_payment_method
      ? (payer?.id ?? null)
      : null,
    automatic_tax: params.automatic_tax?.enabled ?? false,
    // Nobody here can charge a method of the shop's own: the first invoice waits.
    payer: behaviour === "default_incomplete" || payer?.custom ? null : payer,
    items,
    once,
    anchor: anchorOf(ctx, params, items[0]?.price),
    billing_mode: params.billing_mode?.type ?? "flexible",
    days_until_due: sends ? (params.days_until_due ?? null) : null,
    description: params.description ?? null,
    discounts: params.discounts ?? [],
    free_until_anchor: params.proration_behavior === "none",
    metadata: mergeMetadata({}, params.metadata),
    missing_payment_method:
      params.trial_settings?.end_behavior.missing_payment_method ??
      "create_invoice",
    save_default: params.payment_settings?.save_default_payment_method ?? "off",
    trial_end,
  });
  if (behaviour === "error_if_incomplete" && started.attempt) {
    const { intent, refusal } = started.attempt;
    if (refusal) throw refusal;
    if (intent.status === "requires_action") throw needsAction();
  }
  emitStarted(ctx, started);
  if (!params.cancel_at_period_end) return started.subscription;
  const ending = cancelLater(ctx, started.subscription, {
    cancel_at_period_end: true,
  });
  ctx.store.put("subscription", ending);
  return ending;
}

function trialEnd(ctx: Context, params: Create): number | null {
  const { trial_end, trial_period_days: days } = params;
  const now = ctx.clock.now();
  if (trial_end === "now") return null;
  if (trial_end !== undefined && trial_end <= now)
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      {
        param: "trial_end",
      },
    );
  if (trial_end !== undefined && trial_end > now + 731 * DAY)
    throw invalidRequest(
      "Trial end cannot be more than 730 days in the future.",
      { param: "trial_end" },
    );
  return trial_end ?? (days ? now + days * DAY : null);
}

/** The moment periods are counted from, if it is not now; at most one period ahead. */
function anchorOf(
  ctx: Context,
  params: Create,
  price: Price | undefined,
): number | null {
  checkExclusive(params, [
    "billing_cycle_anchor",
    "billing_cycle_anchor_config",
  ]);
  const config = params.billing_cycle_anchor_config;
  const now = ctx.clock.now();
  if (config) return anchorOn(now, config);
  const anchor = params.billing_cycle_anchor;
  if (anchor === undefined) return null;
  const every = price?.recurring;
  if (anchor <= now || (every && anchor > periodAt(now, every, now).end))
    throw invalidRequest(
      "billing_cycle_anchor must be in the future and no later than the next natural billing date.",
      { param: "billing_cycle_anchor" },
    );
  return anchor;
}

/** The next month's day that exists there, so that shorter months clamp without drifting. */
function anchorOn(
  now: number,
  config: NonNullable<Create["billing_cycle_anchor_config"]>,
): number {
  const from = new Date(now * 1000);
  for (let month = 0; ; month += 1) {
    const day = new Date(from);
    day.setUTCDate(1);
    day.setUTCMonth(from.getUTCMonth() + month);
    day.setUTCDate(config.day_of_month);
    day.setUTCHours(
      config.hour ?? from.getUTCHours(),
      config.minute ?? from.getUTCMinutes(),
      config.second ?? from.getUTCSeconds(),
      0,
    );
    const at = Math.floor(day.getTime() / 1000);
    if (day.getUTCDate() === config.day_of_month && at > now) return at;
  }
}

function firstPayer(
  ctx: Context,
  customer: Customer,
  given: string | undefined,
): PaymentMethod | null {
  const id = given ?? customer.invoice_settings.default_payment_method;
  if (!id) return null;
  const method = resolvePaymentMethod(ctx, id, {
    param: "default_payment_method",
    status: 400,
  });
  if (method.customer === customer.id) return method;
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
    { code: "resource_missing", param: "default_payment_method" },
  );
}

function needsAction(): ApiError {
  return cardError({
    code: "subscription_payment_intent_requires_action",
    message:
      "Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`.",
  });
}

function emitStarted(ctx: Context, started: Started): void {
  const { attempt, intent, subscription, customer } = started;
  if (!started.open || (intent && attempt?.intent.status !== "succeeded")) {
    emit(ctx, "customer.subscription.created", subscription);
    emit(ctx, "invoice.created", started.draft);
    if (started.open) emit(ctx, "invoice.finalized", started.open);
    if (intent) emit(ctx, "payment_intent.created", intent);
    if (attempt) emitAttempt(ctx, attempt);
    if (attempt?.intent.status === "requires_action")
      emit(ctx, "invoice.payment_action_required", started.invoice);
    if (attempt) emit(ctx, "invoice.payment_failed", started.invoice);
    return;
  }
  if (attempt?.charge) emit(ctx, "charge.succeeded", attempt.charge);
  emit(ctx, "customer.updated", customer.after, customer.before);
  emit(ctx, "customer.subscription.created", subscription);
  if (attempt) {
    emit(ctx, "payment_intent.succeeded", attempt.intent);
    emit(ctx, "payment_intent.created", attempt.created);
  }
  emitInvoicePaid(ctx, started);
}
