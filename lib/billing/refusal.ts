import Stripe from "stripe";
import { AppError } from "@/lib/platform/errors";

/**
 * Stripe's own no to a call, so that its caller can look at what became of it: a card's refusal as Stripe threw it, any
 * other as payment_refused; null for a yes. Throws anything else.
 */
export async function refusalOf(
  call: () => Promise<unknown>,
): Promise<Error | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) return error;
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      return new AppError("payment_refused", { cause: error });
    throw error;
  }
}
