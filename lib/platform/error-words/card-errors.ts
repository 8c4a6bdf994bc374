/**
 * What a bank's no means for the person who pays. Stripe's code, or where it has words of its own its decline
 * code. Each: words, seconds after which the same card may be tried again. Nobody is told that a card counts as
 * lost, stolen or fraudulent: whoever holds it may not be its owner.
 */
export const cardErrors = {
  card_declined: [
    "Your card was declined. Nothing was charged. Try another card or ask your bank.",
  ],
  expired_card: [
    "Your card has expired. Nothing was charged. Use another card, or the new one that your bank has sent you.",
  ],
  incorrect_cvc: [
    "The security code is not right. Nothing was charged. Type the three or four digits again as they stand on the card.",
  ],
  incorrect_number: [
    "The card number is not right. Nothing was charged. Type it again as it stands on the card.",
  ],
  processing_error: [
    "The bank could not work on this card just now. Nothing was charged. Try again in a minute, or use another card.",
    60,
  ],
  authentication_required: [
    "Your bank wants you to confirm this payment yourself. Nothing was charged. Open the payment's page and confirm it there.",
  ],
  payment_intent_authentication_failure: [
    "Your bank did not confirm this payment. Nothing was charged. Try again, or use another card.",
  ],
  invalid_cvc: [
    "The security code is not right. Nothing was charged. Type the three or four digits again as they stand on the card.",
  ],
  invalid_expiry_month: [
    "The month of the expiry date is not right. Nothing was charged. Type the date again as it stands on the card.",
  ],
  invalid_expiry_year: [
    "The year of the expiry date is not right. Nothing was charged. Type the date again as it stands on the card.",
  ],
  invalid_number: [
    "The card number is not right. Nothing was charged. Type it again as it stands on the card.",
  ],
  incorrect_zip: [
    "The postal code is not the one that your bank knows. Nothing was charged. Correct the address and try again.",
  ],
  incorrect_address: [
    "The address is not the one that your bank knows. Nothing was charged. Correct it and try again.",
  ],
} as const satisfies Record<string, CardWords>;

/** The bank's reasons behind card_declined that call for another step than it does. */
export const declineErrors: Readonly<Record<string, CardWords>> = {
  insufficient_funds: [
    "There is not enough money on this card. Nothing was charged. Use another card, or try again when there is.",
  ],
  card_velocity_exceeded: [
    "This card has reached its limit. Nothing was charged. Use another card, or ask your bank to raise the limit.",
  ],
  withdrawal_count_limit_exceeded: [
    "This card has reached its limit. Nothing was charged. Use another card, or ask your bank to raise the limit.",
  ],
  card_not_supported: [
    "This card cannot be used for such a purchase. Nothing was charged. Use another card, or ask your bank.",
  ],
  currency_not_supported: [
    "This card cannot be charged in this currency. Nothing was charged. Use another card.",
  ],
  transaction_not_allowed: [
    "Your bank does not allow such a payment with this card. Nothing was charged. Use another card, or ask your bank.",
  ],
  do_not_honor: [
    "Your bank declined without a reason. Nothing was charged. Ask your bank, or use another card.",
  ],
  call_issuer: [
    "Your bank wants you to call it. Nothing was charged. Call the number on your card, or use another card.",
  ],
  issuer_not_available: [
    "Your bank cannot be reached just now. Nothing was charged. Try again in a minute, or use another card.",
    60,
  ],
  try_again_later: [
    "Your bank asks to try again later. Nothing was charged. Try again in a minute, or use another card.",
    60,
  ],
  reenter_transaction: [
    "The payment did not get through to your bank. Nothing was charged. Try again in a minute.",
    60,
  ],
  approve_with_id: [
    "Your bank could not approve this payment. Nothing was charged. Try again; if it stays, ask your bank.",
    60,
  ],
  duplicate_transaction: [
    "The same amount was charged to this card a moment ago. This time nothing was charged. Look at your payments before you try again.",
  ],
  invalid_account: [
    "The account behind this card cannot be charged. Nothing was charged. Use another card, or ask your bank.",
  ],
  new_account_information_available: [
    "Your bank has given this card new details. Nothing was charged. Enter the new card.",
  ],
  invalid_amount: [
    "Your bank does not allow this amount on this card. Nothing was charged. Use another card, or ask your bank.",
  ],
  authentication_required: cardErrors.authentication_required,
  mobile_device_authentication_required: cardErrors.authentication_required,
  expired_card: cardErrors.expired_card,
  incorrect_cvc: cardErrors.incorrect_cvc,
  incorrect_number: cardErrors.incorrect_number,
  processing_error: cardErrors.processing_error,
  testmode_decline: [
    "A test card was used for a real payment. Nothing was charged. Use a real card.",
  ],
  live_mode_test_card: [
    "A test card was used for a real payment. Nothing was charged. Use a real card.",
  ],
};

type CardWords = readonly [words: string, retryAfter?: number];
