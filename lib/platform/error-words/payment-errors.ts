/** Money that is asked for, and the cards that pay it. Each: status, words, seconds until the same request may be sent again. */
export const paymentErrors = {
  payment_method_in_use: [
    409,
    "Your plan is paid with this. Use another one for payments first, then remove it.",
  ],
  payment_method_missing: [
    409,
    "There is no saved card to pay with. Add a payment method first. Nothing was charged.",
  ],
  invoice_closed: [
    409,
    "This invoice cannot be paid any more. Nothing was charged.",
  ],
  payment_elsewhere: [
    409,
    "This payment belongs to an invoice or a checkout. Pay or cancel it there.",
  ],
  payment_needs_checkout: [
    422,
    "This is sold with tax, which only the checkout works out. Buy it there.",
  ],
  payment_closed: [
    409,
    "This payment was called off. Nothing was charged. Begin a new one.",
  ],
  payment_complete: [409, "This is paid already. It is not charged again."],
  payment_under_way: [
    409,
    "This payment is under way. Wait until it has arrived or failed.",
  ],
  payment_refused: [
    422,
    "The payment provider does not take this request. Nothing was charged. Check what was sent, or write to support.",
  ],
} as const;
