import type { Context } from "../context";
import { emit } from "../events";
import type { PaymentIntent } from "../objects";
import { NOT_AUTHENTICATED } from "./challenges";
import { settleInvoice } from "./invoice-collect";
import {
  chargeIntent,
  emitAttempt,
  refused,
  type Attempt,
} from "./payment-attempt";
import { resolvePaymentMethod } from "./saved-cards";

/** Says how an attempt went, and pays the invoice that waits for it. */
export function concludeAttempt(ctx: Context, attempt: Attempt): void {
  const { intent } = attempt;
  emitAttempt(ctx, attempt);
  keepMethod(ctx, intent);
  const [payment] = ctx.store.all("invoice_payment", {
    index: "payment_intent",
    key: intent.id,
  });
  const invoice = payment && ctx.store.get("invoice", payment.invoice);
  if (invoice?.status !== "open") return;
  if (intent.status === "succeeded")
    settleInvoice(ctx, invoice, { intent, counts: false });
  else if (intent.status === "requires_action")
    emit(ctx, "invoice.payment_action_required", invoice);
  else emit(ctx, "invoice.payment_failed", invoice);
}

/** A method that paid and is meant for later belongs to the customer from now on. */
function keepMethod(ctx: Context, intent: PaymentIntent): void {
  const { customer, payment_method, setup_future_usage, status } = intent;
  const method =
    payment_method && ctx.store.get("payment_method", payment_method);
  if (!method || method.customer || !customer || !setup_future_usage) return;
  if (status !== "succeeded" && status !== "requires_capture") return;
  const attached = { ...method, customer };
  ctx.store.put("payment_method", attached);
  emit(ctx, "payment_method.attached", attached);
}

/** The customer's answer to the bank's question about a payment. */
export function answerPaymentChallenge(
  ctx: Context,
  intent: PaymentIntent,
  passed: boolean,
): Attempt {
  const method = resolvePaymentMethod(ctx, intent.payment_method ?? "");
  const attempt = passed
    ? chargeIntent(ctx, intent, method, { authenticated: true })
    : refused(ctx, intent, {
        charge: null,
        failure: {
          code: "payment_intent_authentication_failure",
          message: NOT_AUTHENTICATED,
        },
        method,
      });
  concludeAttempt(ctx, attempt);
  return attempt;
}
