import type { CardFailure } from "../cards";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { cardError, type ApiError } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import type { PaymentMethod, SetupIntent } from "../objects";
import { challengeOf, NOT_AUTHENTICATED } from "./challenges";
import {
  judgeCard,
  noteSetUp,
  resolvePaymentMethod,
  type Use,
} from "./saved-cards";

export type SetupOrder = Partial<
  Pick<SetupIntent, "customer" | "description" | "metadata" | "usage">
>;

/** Not stored yet, and without a method. */
export function newSetupIntent(ctx: Context, order: SetupOrder): SetupIntent {
  const id = newId("seti");
  return {
    ...nulls("SetupIntent"),
    id,
    object: "setup_intent",
    client_secret: `${id}_secret_${randomText(31)}`,
    created: ctx.clock.now(),
    customer_account: null,
    flow_directions: null,
    livemode: false,
    metadata: {},
    payment_method_options: {
      card: {
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: ["card"],
    status: "requires_payment_method",
    usage: "off_session",
    ...order,
  };
}

export type SetupAttempt = { intent: SetupIntent; refusal?: ApiError };

/** Sets a card up for later and attaches it, or leaves the bank's question or refusal. Emits how it went. */
export function confirmSetup(
  ctx: Context,
  before: SetupIntent,
  method: PaymentMethod,
  use: Use = {},
): SetupAttempt {
  const verdict = judgeCard(ctx, method.id, "setup", use);
  if (verdict === "challenge") {
    const intent: SetupIntent = {
      ...before,
      next_action: challengeOf(ctx, before.id, use.return_url),
      payment_method: method.id,
      status: "requires_action",
    };
    ctx.store.put("setup_intent", intent);
    emit(ctx, "setup_intent.requires_action", intent);
    return { intent };
  }
  if (verdict) return refused(ctx, before, method, verdict);
  const attached = { ...method, customer: before.customer };
  if (before.customer && !method.customer) {
    ctx.store.put("payment_method", attached);
    emit(ctx, "payment_method.attached", attached);
  }
  noteSetUp(ctx, method.id);
  const intent: SetupIntent = {
    ...before,
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  };
  ctx.store.put("setup_intent", intent);
  emit(ctx, "setup_intent.succeeded", intent);
  return { intent };
}

/** The customer's answer to the bank's question about saving a card. */
export function answerSetupChallenge(
  ctx: Context,
  intent: SetupIntent,
  passed: boolean,
): SetupAttempt {
  const method = resolvePaymentMethod(ctx, intent.payment_method ?? "");
  if (passed) return confirmSetup(ctx, intent, method, { authenticated: true });
  return refused(ctx, intent, method, {
    code: "setup_intent_authentication_failure",
    message: NOT_AUTHENTICATED,
  });
}

function refused(
  ctx: Context,
  before: SetupIntent,
  method: PaymentMethod,
  failure: CardFailure,
): SetupAttempt {
  const intent: SetupIntent = {
    ...before,
    last_setup_error: {
      code: failure.code,
      ...(failure.decline_code && { decline_code: failure.decline_code }),
      message: failure.message,
      payment_method: { ...method, customer: method.customer },
      type: "card_error",
    },
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  ctx.store.put("setup_intent", intent);
  emit(ctx, "setup_intent.setup_failed", intent);
  return { intent, refusal: cardError(failure, { payment_method: method }) };
}
