import Stripe from "stripe";

/** Stripe's own no to a call, so that its caller can look at what became of it; null for a yes. Throws anything else. */
export async function refusalOf(
  call: () => Promise<unknown>,
): Promise<Error | null> {
  try {
    await call();
    return null;
  } catch (error) {
    const refused =
      error instanceof Stripe.errors.StripeCardError ||
      error instanceof Stripe.errors.StripeInvalidRequestError;
    if (refused) return error;
    throw error;
  }
}
