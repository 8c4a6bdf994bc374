/** What Checkout does for every sale, beside what the sold product itself needs. */
export type CheckoutOptions = {
  /** Shows a field for promotion codes; a code that comes with the request fills it. */
  promotionCodes: boolean;
  billingAddress: "auto" | "required";
  /** Stripe's names, such as "card"; empty: whatever the Dashboard turns on. */
  allowedMethods: readonly string[];
  excludedMethods: readonly string[];
};

export const checkoutOptions: CheckoutOptions = {
  promotionCodes: true,
  billingAddress: "auto",
  allowedMethods: [],
  excludedMethods: [],
};
