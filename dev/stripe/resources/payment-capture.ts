import type { Context } from "../context";
import { emit } from "../events";
import type { PaymentIntent } from "../objects";
import { recordCharge } from "./balance-transactions";

/** Takes what was held, or part of it; the rest goes back to the card. */
export function capturePayment(
  ctx: Context,
  before: PaymentIntent,
  amount: number,
): PaymentIntent {
  const charge = ctx.store.get("charge", before.latest_charge ?? "");
  if (!charge) throw new Error(`${before.id} holds no charge`);
  const captured = recordCharge(ctx, {
    ...charge,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    captured: true,
  });
  const intent: PaymentIntent = {
    ...before,
    amount_capturable: 0,
    amount_received: amount,
    status: "succeeded",
  };
  ctx.store.put("payment_intent", intent);
  emit(ctx, "charge.captured", captured, charge);
  emit(ctx, "payment_intent.succeeded", intent);
  return intent;
}

/** Ends the intent; held money goes back to the card. */
export function cancelPayment(
  ctx: Context,
  before: PaymentIntent,
  reason: PaymentIntent["cancellation_reason"],
): PaymentIntent {
  const charge = ctx.store.get("charge", before.latest_charge ?? "");
  if (charge && before.status === "requires_capture") {
    const released = {
      ...charge,
      amount_refunded: charge.amount,
      refunded: true,
    };
    ctx.store.put("charge", released);
    emit(ctx, "charge.refunded", released, charge);
  }
  const intent: PaymentIntent = {
    ...before,
    amount_capturable: 0,
    canceled_at: ctx.clock.now(),
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  };
  ctx.store.put("payment_intent", intent);
  emit(ctx, "payment_intent.canceled", intent);
  return intent;
}
