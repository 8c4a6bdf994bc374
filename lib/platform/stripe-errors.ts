import Stripe from "stripe";
import { AppError, type CardCode } from "./errors";
import { cardErrors } from "./error-words/card-errors";
import { isCredentialProblem } from "./stripe";

/**
 * What Stripe throws as an error of ours: by its type, its code and its decline code, never by its text, which is
 * not shown to anybody. Null for what is not Stripe's. The client has by then repeated what may be repeated, with
 * the same key: a lost connection, 409 and 5xx, twice. A decline is never repeated by us.
 */
export function fromStripe(error: unknown): AppError | null {
  const { errors } = Stripe;
  if (error instanceof errors.StripeCardError) {
    const { code, decline_code: declineCode } = error;
    return cardError({ code, declineCode, cause: error });
  }
  if (error instanceof errors.StripeConnectionError)
    return new AppError("payment_provider_unavailable", { cause: error });
  if (error instanceof errors.StripeRateLimitError)
    return new AppError("payment_provider_busy", { cause: error });
  if (isCredentialProblem(error))
    return new AppError("payment_provider_unavailable", { cause: error });
  // Only a mistake of ours sends one key with two bodies.
  if (error instanceof errors.StripeIdempotencyError)
    return new AppError("payment_provider_conflict", { cause: error });
  if (error instanceof errors.StripeInvalidRequestError)
    return new AppError("payment_refused", {
      param: error.param,
      cause: error,
    });
  if (error instanceof errors.StripeAPIError)
    return new AppError("payment_provider_failed", { cause: error });
  return null;
}

/** Whoever holds the card is not told that it counts as one of these (Stripe asks for it). */
const kept = new Set(
  "fraudulent highest_risk_level lost_card merchant_blacklist pickup_card restricted_card security_violation stolen_card".split(
    " ",
  ),
);

/** A refused card, whether Stripe threw it or stored it with the payment. */
export function cardError(failure: {
  code: string | null | undefined;
  declineCode: string | null | undefined;
  cause?: unknown;
}): AppError {
  const code = failure.code || "card_declined";
  const isOurs = isCardCode(code);
  const reason = failure.declineCode || (isOurs ? null : code);
  return new AppError(isOurs ? code : "card_declined", {
    ...(reason && { decline: kept.has(reason) ? "generic_decline" : reason }),
    cause: failure.cause,
  });
}

/** Every code of a card that was refused. */
export const cardCodes: readonly CardCode[] =
  Object.keys(cardErrors).filter(isCardCode);

function isCardCode(code: string): code is CardCode {
  return Object.hasOwn(cardErrors, code);
}
