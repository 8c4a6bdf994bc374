import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { listOf, listParams } from "../lists";
import type { PaymentIntent } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

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
