import { DAY } from "../calendar";
import type { CardFailure } from "../cards";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { cardError, notBuilt, type ApiError } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import type { Charge, PaymentIntent, PaymentMethod } from "../objects";
import { challengeOf } from "./challenges";
import { putCharge } from "./charges";
import { judgeCard, noteSetUp, type Use } from "./saved-cards";

export type PaymentOrder = Pick<
  PaymentIntent,
  "amount" | "currency" | "customer"
> &
  Partial<
    Pick<
      PaymentIntent,
      | "description"
      | "metadata"
      | "receipt_email"
      | "setup_future_usage"
      | "statement_descriptor"
      | "statement_descriptor_suffix"
    >
  >;

/** An intent before and after one attempt; no charge while the bank asks, `refusal` says why it failed. */
export type Attempt = {
  created: PaymentIntent;
  intent: PaymentIntent;
  charge: Charge | null;
  refusal?: ApiError;
};

/** Stores an intent and one charge for it. Emits nothing: order differs by scenario. */
export function attemptPayment(
  ctx: Context,
  order: PaymentOrder,
  method: PaymentMethod,
  use: Use = {},
): Attempt {
  return chargeIntent(ctx, newIntent(ctx, order), method, use);
}

/** One attempt at an intent's money, stored. Emits nothing: order differs by scenario. */
export function chargeIntent(
  ctx: Context,
  created: PaymentIntent,
  method: PaymentMethod,
  use: Use = {},
): Attempt {
  if (method.custom) throw notBuilt("charging a custom payment method");
  if (method.us_bank_account) return startDebit(ctx, created, method);
  const verdict = judgeCard(ctx, method.id, "charge", use);
  if (verdict === "challenge") {
    const intent: PaymentIntent = {
      ...created,
      next_action: challengeOf(ctx, created.id, use.return_url),
      payment_method: method.id,
      status: "requires_action",
    };
    ctx.store.put("payment_intent", intent);
    return { created, intent, charge: null };
  }
  const charge = putCharge(ctx, created, method, verdict);
  if (verdict)
    return refused(ctx, created, { charge, failure: verdict, method });
  const held = created.capture_method === "manual";
  const intent: PaymentIntent = {
    ...created,
    amount_capturable: held ? created.amount : 0,
    amount_received: held ? 0 : created.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: held ? "requires_capture" : "succeeded",
  };
  ctx.store.put("payment_intent", intent);
  if (intent.setup_future_usage === "off_session") noteSetUp(ctx, method.id);
  return { created, intent, charge };
}

/** Banks answer three days later, unless somebody says so before. */
const DEBIT_SECONDS = 3 * DAY;

export function debitAlarm(intent: string): string {
  return `${intent} debit`;
}

function startDebit(
  ctx: Context,
  created: PaymentIntent,
  method: PaymentMethod,
): Attempt {
  const charge = putCharge(ctx, created, method, "later");
  const intent: PaymentIntent = {
    ...created,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: method.id,
    status: "processing",
  };
  ctx.store.put("payment_intent", intent);
  ctx.store.put("alarm", {
    id: debitAlarm(created.id),
    at: ctx.clock.now() + DEBIT_SECONDS,
    of: created.id,
    rings: "debit",
    test_clock: null,
  });
  return { created, intent, charge };
}

/** The intent after an attempt that brought nothing: another method may be tried. */
export function refused(
  ctx: Context,
  created: PaymentIntent,
  tried: { charge: Charge | null; failure: CardFailure; method: PaymentMethod },
): Attempt {
  const { charge, failure, method } = tried;
  const { doc_url } = cardError(failure).body;
  const intent: PaymentIntent = {
    ...created,
    last_payment_error: {
      ...(charge && { charge: charge.id }),
      code: failure.code,
      ...(failure.decline_code && { decline_code: failure.decline_code }),
      ...(doc_url && { doc_url }),
      message: failure.message,
      payment_method: { ...method, customer: method.customer },
      type: "card_error",
    },
    latest_charge: charge?.id ?? created.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  ctx.store.put("payment_intent", intent);
  const refusal = cardError(failure, {
    ...(charge && { charge: charge.id }),
    payment_intent: intent,
    payment_method: method,
  });
  return { created, intent, charge, refusal };
}

/** How an attempt went, for one that is already known. */
export function emitAttempt(ctx: Context, { charge, intent }: Attempt): void {
  if (charge?.status === "succeeded") emit(ctx, "charge.succeeded", charge);
  if (charge?.status === "pending") emit(ctx, "charge.pending", charge);
  if (charge?.status === "failed") emit(ctx, "charge.failed", charge);
  if (intent.status === "succeeded")
    emit(ctx, "payment_intent.succeeded", intent);
  else if (intent.status === "processing")
    emit(ctx, "payment_intent.processing", intent);
  else if (intent.status === "requires_action")
    emit(ctx, "payment_intent.requires_action", intent);
  else if (intent.status === "requires_capture")
    emit(ctx, "payment_intent.amount_capturable_updated", intent);
  else emit(ctx, "payment_intent.payment_failed", intent);
}

export function emitFailedAttempt(ctx: Context, attempt: Attempt): void {
  emit(ctx, "payment_intent.created", attempt.created);
  emitAttempt(ctx, attempt);
}

/** Not stored yet, and without a method. */
export function newIntent(ctx: Context, order: PaymentOrder): PaymentIntent {
  const id = newId("pi");
  return {
    ...nulls("PaymentIntent"),
    id,
    object: "payment_intent",
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: "automatic",
    created: ctx.clock.now(),
    livemode: false,
    metadata: {},
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: ["card"],
    status: "requires_payment_method",
    transfer_data: null,
    ...order,
  };
}
