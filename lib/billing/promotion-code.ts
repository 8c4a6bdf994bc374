import Stripe from "stripe";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";

/** The id of an active promotion code, by what a person types. Throws invalid_promotion_code. */
export async function requirePromotionCode(code: string): Promise<string> {
  const { data } = await stripe().promotionCodes.list({
    code,
    active: true,
    limit: 1,
  });
  const [found] = data;
  if (found) return found.id;
  throw new AppError("invalid_promotion_code", { param: "promotionCode" });
}

/** Stripe's own refusal of a code: for new customers only, a minimum amount, another product. */
export function isCodeRefusal(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    (error.param?.startsWith("discounts") ?? false)
  );
}
