import type { Stripe } from "stripe";
import { fieldsOf } from "./load";

type Named = {
  Account: Stripe.Account;
  "Account.BusinessProfile": Stripe.Account.BusinessProfile;
  "Account.Settings.Branding": Stripe.Account.Settings.Branding;
  "Account.Settings.CardPayments": Stripe.Account.Settings.CardPayments;
  "Account.Settings.Payments": Stripe.Account.Settings.Payments;
  Charge: Stripe.Charge;
  Coupon: Stripe.Coupon;
  CreditNote: Stripe.CreditNote;
  Customer: Stripe.Customer;
  Discount: Stripe.Discount;
  Dispute: Stripe.Dispute;
  "Dispute.Evidence": Stripe.Dispute.Evidence;
  Invoice: Stripe.Invoice;
  InvoiceItem: Stripe.InvoiceItem;
  InvoiceLineItem: Stripe.InvoiceLineItem;
  PaymentIntent: Stripe.PaymentIntent;
  PaymentMethod: Stripe.PaymentMethod;
  Price: Stripe.Price;
  Product: Stripe.Product;
  PromotionCode: Stripe.PromotionCode;
  Refund: Stripe.Refund;
  SetupIntent: Stripe.SetupIntent;
  Subscription: Stripe.Subscription;
  SubscriptionSchedule: Stripe.SubscriptionSchedule;
  "BillingPortal.Session": Stripe.BillingPortal.Session;
  "Checkout.Session": Stripe.Checkout.Session;
};
type NullableKeys<T> = {
  [K in keyof T]-?: undefined extends T[K]
    ? never
    : null extends T[K]
      ? K
      : never;
}[keyof T];

/**
 * The fields that Stripe always sends and that may be null, as null: a resource then spells out only what it
 * decides, and a required field it forgets does not compile.
 */
export function nulls<N extends keyof Named>(
  name: N,
): Record<NullableKeys<Named[N]>, null> {
  const fields = Object.entries(fieldsOf(name) ?? {});
  const nullable = fields.filter(
    ([field, type]) =>
      !field.endsWith("?") &&
      typeof type === "object" &&
      "either" in type &&
      type.either.includes("null"),
  );
  // The shapes are generated from the same types that name the keys here.
  return Object.fromEntries(nullable.map(([field]) => [field, null])) as Record<
    NullableKeys<Named[N]>,
    null
  >;
}
