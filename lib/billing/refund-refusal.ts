import Stripe from "stripe";
import { AppError, type ErrorCode } from "@/lib/platform/errors";

const refusals: readonly ErrorCode[] = [
  "already_refunded",
  "payment_disputed",
  "exceeds_refundable",
  "refund_refused",
];

/** Whether Stripe has refused to give back: nothing was. Of any other error nobody knows that. */
export function wasRefused(error: unknown): boolean {
  return error instanceof AppError && refusals.includes(error.code);
}

/** Stripe's own no to a refund or a credit note, in our words; null for what is no answer of Stripe's to that. */
export function refundRefusal(error: unknown): AppError | null {
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError;
  if (!refused) return null;
  const extra = { cause: error };
  if (error.code === "charge_already_refunded")
    return new AppError("already_refunded", extra);
  if (error.code === "charge_disputed")
    return new AppError("payment_disputed", extra);
  return error.param === "amount"
    ? new AppError("exceeds_refundable", { ...extra, param: "amount" })
    : new AppError("refund_refused", extra);
}
