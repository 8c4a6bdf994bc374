/** Money that goes back. Each: status, words, seconds until the same request may be sent again. */
export const refundErrors = {
  payment_not_refundable: [
    409,
    "Nothing was paid here, so there is nothing to give back.",
  ],
  payment_disputed: [
    409,
    "The buyer’s bank is claiming this payment back, so it cannot be refunded as well. Answer the dispute in Stripe’s Dashboard.",
  ],
  already_refunded: [
    409,
    "All of this payment was given back already. Nothing more was refunded.",
  ],
  exceeds_refundable: [
    409,
    "That is more than is left of this payment. Nothing was refunded. Look at what is left and try again.",
  ],
  refund_in_progress: [
    409,
    "Another refund is under way. Try again in a second.",
    1,
  ],
  refund_refused: [
    409,
    "The payment provider refused this refund. Nothing was given back. Open the payment in Stripe’s Dashboard to see why.",
  ],
  refund_cap_reached: [
    403,
    "That is more than may be given back to one workspace in this time. Nothing was refunded. Ask whoever runs this deployment.",
  ],
  refunds_not_offered: [
    403,
    "This payment cannot be taken back here. Write to support.",
  ],
} as const;
