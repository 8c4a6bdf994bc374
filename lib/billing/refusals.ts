import type { ErrorCode } from "@/lib/platform/errors";
import { cardCodes } from "@/lib/platform/stripe-errors";

/** What any route can meet that asks Stripe for something. */
export const stripeRefusals = [
  "payments_not_configured",
  "payment_provider_unavailable",
  "payment_provider_busy",
  "payment_provider_conflict",
  "payment_provider_failed",
  "payment_refused",
] as const satisfies readonly ErrorCode[];

/** What any route can meet that is done once for a key (lib/billing/subscription-command.ts). */
export const commandRefusals = [
  ...stripeRefusals,
  "idempotency_key_missing",
  "invalid_idempotency_key",
  "idempotency_mismatch",
  "change_in_progress",
  "subscription_refused",
  "outcome_unknown",
] as const satisfies readonly ErrorCode[];

/** The same about a plan that somebody has. */
export const planRefusals = [
  ...commandRefusals,
  "no_subscription",
  "choose_subscription",
  "subscription_ended",
  "managed_elsewhere",
] as const satisfies readonly ErrorCode[];

/** What a change of plan can meet, looked at or made. */
export const changeRefusals = [
  ...planRefusals,
  "unknown_price",
  "price_mismatch",
  "same_price",
  "change_not_offered",
  "plan_not_running",
  "plan_ending",
  "change_waiting",
] as const satisfies readonly ErrorCode[];

/** What charging a card can meet. */
export const cardRefusals: readonly ErrorCode[] = [
  ...cardCodes,
  "payment_method_missing",
];

/** What opening a checkout can meet, wherever its page is shown. */
export const checkoutRefusals = [
  ...stripeRefusals,
  "unknown_price",
  "price_mismatch",
  "invalid_return_url",
  "already_subscribed",
  "invalid_promotion_code",
  "invalid_idempotency_key",
  "idempotency_mismatch",
  "checkout_in_progress",
  "customer_gone",
] as const satisfies readonly ErrorCode[];

/** What a change of the customer can meet. */
export const customerRefusals = [
  ...stripeRefusals,
  "customer_gone",
  "country_missing",
  "tax_id_kind_missing",
  "tax_id_refused",
] as const satisfies readonly ErrorCode[];

/** What beginning a plan on a saved card can meet. */
export const beginRefusals: readonly ErrorCode[] = [
  "already_subscribed",
  "unknown_price",
  "price_mismatch",
  "no_customer",
  ...commandRefusals,
  ...cardRefusals,
];
