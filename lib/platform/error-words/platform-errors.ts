/** What is our own trouble, or Stripe's. Each: status, words, seconds until the same request may be sent again. */
export const platformErrors = {
  webhook_invalid: [400, "The webhook could not be verified."],
  webhook_failed: [500, "The event is stored and will be processed again.", 5],
  payments_not_configured: [
    503,
    "Payments are not set up here yet. Nothing was charged.",
  ],
  payment_provider_unavailable: [
    503,
    "The payment provider does not answer. Nothing was charged. Try again in a minute.",
    5,
  ],
  payment_provider_failed: [
    502,
    "The payment provider failed at this. Nothing was charged. Try again in a minute.",
    5,
  ],
  payment_provider_busy: [
    503,
    "The payment provider asks us to slow down. Nothing was charged. Try again in a few seconds.",
    2,
  ],
  payment_provider_conflict: [
    409,
    "The payment provider has this request under another form already. Nothing was charged. Begin anew.",
  ],
  outcome_unknown: [
    503,
    "The payment provider did not answer in time. Try again: it goes on where it stopped, and is done only once.",
    5,
  ],
  not_configured: [
    503,
    "This deployment is not set up yet. Open /setup to see what is missing.",
  ],
  database_unavailable: [
    503,
    "The database does not answer. Try again in a minute.",
    5,
  ],
  internal: [
    500,
    "Something went wrong on our side. Nothing was lost. Try again.",
  ],
} as const;
