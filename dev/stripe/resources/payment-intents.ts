import { type Context } from "../context";
import { cardError, invalidRequest, noSuch, type ApiError } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import { listOf, listParams } from "../lists";
import type { Charge, PaymentIntent, PaymentMethod } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { putCharge } from "./charges";
import { cardFailure } from "./saved-cards";

export type PaymentOrder = {
  amount: number;
  currency: string;
  customer: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  receipt_email?: string | null;
  setup_future_usage?: "off_session" | "on_session" | null;
  statement_descriptor?: string | null;
  statement_descriptor_suffix?: string | null;
};

/** An intent before and after one attempt; `refusal` says why it failed. */
export type Attempt = {
  created: PaymentIntent;
  intent: PaymentIntent;
  charge: Charge;
  refusal?: ApiError;
};

/** Stores an intent and one charge for it. Emits nothing: order differs by scenario. */
export function attemptPayment(
  ctx: Context,
  order: PaymentOrder,
  method: PaymentMethod,
): Attempt {
  return chargeIntent(ctx, newIntent(ctx, order), method);
}

/** One attempt at an intent's money, stored. Emits nothing: order differs by scenario. */
export function chargeIntent(
  ctx: Context,
  created: PaymentIntent,
  method: PaymentMethod,
): Attempt {
  const failure = cardFailure(ctx, method.id, "onCharge");
  const charge = putCharge(ctx, created, method, failure);
  if (!failure) {
    const intent: PaymentIntent = {
      ...created,
      amount_received: created.amount,
      last_payment_error: null,
      latest_charge: charge.id,
      payment_method: method.id,
      status: "succeeded",
    };
    ctx.store.put("payment_intent", intent);
    return { created, intent, charge };
  }
  const refusal = cardError(failure, {
    charge: charge.id,
    payment_method: method,
  });
  const intent: PaymentIntent = {
    ...created,
    last_payment_error: {
      charge: charge.id,
      code: failure.code,
      ...(failure.decline_code && { decline_code: failure.decline_code }),
      ...(refusal.body.doc_url && { doc_url: refusal.body.doc_url }),
      message: failure.message,
      payment_method: { ...method, customer: method.customer },
      type: "card_error",
    },
    latest_charge: charge.id,
    status: "requires_payment_method",
  };
  ctx.store.put("payment_intent", intent);
  return { created, intent, charge, refusal };
}

export function emitFailedAttempt(ctx: Context, attempt: Attempt): void {
  emit(ctx, "payment_intent.created", attempt.created);
  emit(ctx, "charge.failed", attempt.charge);
  emit(ctx, "payment_intent.payment_failed", attempt.intent);
}

/** Not stored yet, and without a method. */
export function newIntent(ctx: Context, order: PaymentOrder): PaymentIntent {
  const id = newId("pi");
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: order.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: ctx.clock.now(),
    currency: order.currency,
    customer: order.customer,
    customer_account: null,
    description: order.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: order.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: order.receipt_email ?? null,
    review: null,
    setup_future_usage: order.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: order.statement_descriptor ?? null,
    statement_descriptor_suffix: order.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
}

const CANCELABLE = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
];

function requireIntent(ctx: Context, id: string): PaymentIntent {
  const intent = ctx.store.get("payment_intent", id);
  if (!intent) throw noSuch("payment_intent", id, { param: "intent" });
  return intent;
}

export const paymentIntentOperations = [
  operation({
    method: "GET",
    path: "/v1/payment_intents/:id",
    params: { client_secret: p.string() },
    run: (ctx, _params, [id]) => requireIntent(ctx, id),
  }),
  operation({
    method: "GET",
    path: "/v1/payment_intents",
    params: {
      ...listParams,
      customer: p.string(),
      customer_account: p.unbuilt(),
    },
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "payment_intent",
        what: "payment_intent",
        url: "/v1/payment_intents",
        params,
        by: params.customer
          ? { index: "customer", key: params.customer }
          : undefined,
      }),
  }),
  operation({
    method: "POST",
    path: "/v1/payment_intents/:id/cancel",
    params: {
      cancellation_reason: p.oneOf(
        "duplicate",
        "fraudulent",
        "requested_by_customer",
        "abandoned",
      ),
    },
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      if (!CANCELABLE.includes(before.status)) {
        throw invalidRequest(
          `You cannot cancel this PaymentIntent because it has a status of ${before.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(", ")}.`,
          { code: "payment_intent_unexpected_state" },
        );
      }
      const intent: PaymentIntent = {
        ...before,
        canceled_at: ctx.clock.now(),
        cancellation_reason: params.cancellation_reason ?? null,
        status: "canceled",
      };
      ctx.store.put("payment_intent", intent);
      emit(ctx, "payment_intent.canceled", intent);
      return intent;
    },
  }),
];
