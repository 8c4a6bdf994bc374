import type { Context } from "../context";
import {
  type ApiError,
  cardError,
  invalidRequest,
  missingParam,
  notBuilt,
} from "../errors";
import { emit } from "../events";
import type { Customer, PaymentMethod, Subscription } from "../objects";
import * as p from "../params";
import type { Parsed } from "../shape";
import { requireCustomer } from "./customers";
import { emitFailedAttempt } from "./payment-attempt";
import { resolvePaymentMethod } from "./saved-cards";
import { requirePrice } from "./prices";
import {
  emitInvoicePaid,
  startSubscription,
  type Started,
} from "./subscription-start";

export const trialSettings = p.object({
  end_behavior: p.required(
    p.object({
      billing_cycle_anchor: p.unbuilt(),
      missing_payment_method: p.required(
        p.oneOf("cancel", "create_invoice", "pause"),
      ),
    }),
  ),
});

export const createParams = {
  customer: p.string(),
  customer_account: p.unbuilt(),
  items: p.array(
    p.object({
      billing_thresholds: p.unbuilt(),
      discounts: p.unbuilt(),
      metadata: p.metadata(),
      plan: p.unbuilt(),
      price: p.string(),
      price_data: p.unbuilt(),
      quantity: p.integer({ min: 0 }),
      tax_rates: p.unbuilt(),
    }),
  ),
  add_invoice_items: p.unbuilt(),
  application_fee_percent: p.unbuilt(),
  automatic_tax: p.unbuilt(),
  backdate_start_date: p.unbuilt(),
  billing_cycle_anchor: p.unbuilt(),
  billing_cycle_anchor_config: p.unbuilt(),
  billing_mode: p.object({
    flexible: p.unbuilt(),
    type: p.required(p.oneOf("classic", "flexible")),
  }),
  billing_schedules: p.unbuilt(),
  billing_thresholds: p.unbuilt(),
  cancel_at: p.unbuilt(),
  cancel_at_period_end: p.boolean(),
  collection_method: p.oneOf("charge_automatically"),
  currency: p.string(),
  days_until_due: p.unbuilt(),
  default_payment_method: p.string(),
  default_source: p.unbuilt(),
  default_tax_rates: p.unbuilt(),
  description: p.string(500),
  discounts: p.unbuilt(),
  invoice_settings: p.unbuilt(),
  metadata: p.metadata(),
  off_session: p.boolean(),
  on_behalf_of: p.unbuilt(),
  payment_behavior: p.oneOf(
    "allow_incomplete",
    "default_incomplete",
    "error_if_incomplete",
    "pending_if_incomplete",
  ),
  payment_settings: p.unbuilt(),
  pending_invoice_item_interval: p.unbuilt(),
  proration_behavior: p.oneOf("always_invoice", "create_prorations", "none"),
  transfer_data: p.unbuilt(),
  trial_end: p.integer(),
  trial_from_plan: p.unbuilt(),
  trial_period_days: p.integer({ min: 1, max: 730 }),
  trial_settings: trialSettings,
};

export function createSubscription(
  ctx: Context,
  customerId: string,
  params: Parsed<typeof createParams>,
): Subscription {
  const customer = requireCustomer(ctx, customerId, {
    param: "customer",
    status: 400,
  });
  if (!params.items?.length) throw missingParam("items");
  const behaviour = params.payment_behavior ?? "allow_incomplete";
  if (
    behaviour === "default_incomplete" ||
    behaviour === "pending_if_incomplete"
  ) {
    throw notBuilt(`payment_behavior=${behaviour}`);
  }
  const items = params.items.map((item, at) => {
    const param = `items[${at}][price]`;
    if (!item.price) throw missingParam(param);
    const price = requirePrice(ctx, item.price, { param, status: 400 });
    const metadata = p.mergeMetadata({}, item.metadata);
    return { price, quantity: item.quantity ?? 1, metadata };
  });
  const payer = payerOf(ctx, customer, params.default_payment_method);
  const days = params.trial_period_days;
  const trial_end =
    params.trial_end ?? (days ? ctx.clock.now() + days * 86_400 : null);
  const free = items.every(
    ({ price, quantity }) => (price.unit_amount ?? 0) * quantity === 0,
  );
  if (!payer && !trial_end && !free) {
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
    payer,
    items,
    once: [],
    billing_mode: params.billing_mode?.type ?? "flexible",
    description: params.description ?? null,
    metadata: p.mergeMetadata({}, params.metadata),
    missing_payment_method:
      params.trial_settings?.end_behavior.missing_payment_method ??
      "create_invoice",
    trial_end,
  });
  if (behaviour === "error_if_incomplete" && started.attempt) {
    const { intent, refusal } = started.attempt;
    if (refusal) throw refusal;
    if (intent.status === "requires_action") throw needsAction();
  }
  emitStarted(ctx, started);
  return started.subscription;
}

function payerOf(
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
  const { attempt, subscription, customer } = started;
  if (attempt && attempt.intent.status !== "succeeded") {
    emit(ctx, "customer.subscription.created", subscription);
    emit(ctx, "invoice.created", started.draft);
    emit(ctx, "invoice.finalized", started.open);
    emitFailedAttempt(ctx, attempt);
    if (!attempt.refusal)
      emit(ctx, "invoice.payment_action_required", started.invoice);
    emit(ctx, "invoice.payment_failed", started.invoice);
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
