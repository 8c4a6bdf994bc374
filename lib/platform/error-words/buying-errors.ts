/** What can be bought, by whom, and the checkout of it. Each: status, words, seconds until the same request may be sent again. */
export const buyingErrors = {
  unknown_price: [
    422,
    "This price is not for sale. Choose a plan on the pricing page.",
  ],
  amount_malformed: [
    422,
    "Write an amount such as 29.00, without a currency sign and without commas.",
  ],
  amount_out_of_range: [
    422,
    "This amount cannot be charged. Stripe takes between 0.50 and 999,999.99.",
  ],
  offer_name_taken: [
    409,
    "This workspace has an offer of that name for other terms. Withdraw that one first, or choose another name.",
  ],
  invalid_promotion_code: [
    422,
    "This code does not work here: it is mistyped, used up, or for something else. Try it without the code.",
  ],
  already_subscribed: [
    409,
    "This workspace has a plan already. Use Change plan under Billing to switch to another.",
  ],
  checkout_in_progress: [
    409,
    "A checkout is being prepared. Try again in a second.",
    1,
  ],
  checkout_expired: [
    410,
    "This checkout has expired. Nothing was charged. Choose again to begin a new one.",
  ],
  checkout_complete: [
    409,
    "This checkout is paid for already and cannot be cancelled.",
  ],
  price_mismatch: [
    503,
    "This price is being changed. Nothing was charged. Try again later.",
  ],
  no_customer: [
    409,
    "There is nothing to manage yet: this workspace has not bought anything.",
  ],
  customer_gone: [
    410,
    "This customer was deleted. The next purchase makes a new one.",
  ],
  customer_has_plan: [
    409,
    "This customer has a plan, which deleting would end at once. End the plan first.",
  ],
  customer_has_invoice: [
    409,
    "An invoice of this customer is open. It must be paid or voided first.",
  ],
  customer_has_checkout: [
    409,
    "A checkout of this customer is open. Cancel it first, or wait until it expires.",
  ],
  customer_has_payment: [
    409,
    "A payment of this customer is under way or asked for. Wait until it has arrived, or call it off.",
  ],
  customer_has_balance: [
    409,
    "This customer has a balance. Settle it in Stripe’s Dashboard first.",
  ],
  billing_profile_missing: [
    409,
    "The payment provider does not know this workspace any more. Write to support.",
  ],
  country_missing: [422, "Choose the country of this address."],
  tax_id_kind_missing: [422, "Choose the kind of this tax id."],
  tax_id_refused: [
    422,
    "This tax id does not fit its kind. Nothing was changed. Check both and try again.",
  ],
} as const;
