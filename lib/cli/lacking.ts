import Stripe from "stripe";

/** The permissions that a restricted key turned out not to have, as Stripe names them. */
export type Lacking = Set<string>;

/**
 * Does it, or notes what the key may not do and gives null, so that one run names every permission that is
 * missing. What fails only because something before it was not allowed gives null as well.
 */
export async function ifAllowed<T>(
  lacking: Lacking,
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) {
      for (const name of permissionsIn(error.message)) lacking.add(name);
      return null;
    }
    const follows = error instanceof Stripe.errors.StripeInvalidRequestError;
    if (follows && lacking.size > 0) return null;
    throw error;
  }
}

/** Stripe says it in words: "Having the 'rak_product_write' permission would allow …". */
function permissionsIn(message: string): string[] {
  return message.match(/\brak_\w+/g) ?? [message];
}
