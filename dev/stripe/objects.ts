import type { Stripe } from "stripe";

/**
 * The SDK's types as they are stored and travel: references are ids, decimals are strings,
 * and the fields that Stripe sends although the SDK no longer types them are added.
 */
type Stored<T, R> = Omit<T, keyof R> & R;

export type List<T> = {
  object: "list";
  data: T[];
  has_more: boolean;
  total_count?: number;
  url: string;
};

export type Customer = Stored<
  Stripe.Customer,
  {
    default_source: null;
    deleted?: undefined;
    discount: Discount | null;
    invoice_prefix: string;
    invoice_settings: Stored<
      Stripe.Customer.InvoiceSettings,
      { default_payment_method: string | null }
    >;
    name: string | null;
    next_invoice_sequence: number;
    test_clock: string | null;
  }
>;
export type DeletedCustomer = { id: string; object: "customer"; deleted: true };

export type TaxId = Stored<
  Stripe.TaxId,
  {
    customer: string;
    owner: { customer: string; customer_account: null; type: "customer" };
  }
>;

export type Product = Stored<
  Stripe.Product,
  { default_price: string | null; tax_code: string | null }
>;

export type Price = Stored<
  Stripe.Price,
  { product: string; unit_amount_decimal: string | null }
>;

export type Plan = Stored<
  Stripe.Plan,
  { amount_decimal: string | null; product: string }
>;

export type PaymentMethod = Stored<
  Stripe.PaymentMethod,
  { customer: string | null }
>;

export type LineItem = Stored<
  Stripe.LineItem,
  { price: Price; quantity: number }
>;

export type CheckoutSession = Stored<
  Stripe.Checkout.Session,
  {
    customer: string | null;
    invoice: string | null;
    line_items?: undefined;
    metadata: Record<string, string>;
    mode: "payment" | "setup" | "subscription";
    payment_intent: string | null;
    setup_intent: string | null;
    status: "open" | "complete" | "expired";
    subscription: string | null;
  }
>;

export type SubscriptionItem = Stored<
  Stripe.SubscriptionItem,
  { plan: Plan; price: Price; quantity: number }
>;

export type Subscription = Stored<
  Stripe.Subscription,
  {
    customer: string;
    default_payment_method: string | null;
    discounts: string[];
    items: List<SubscriptionItem>;
    latest_invoice: string | null;
    pending_setup_intent: string | null;
    pending_update: Stored<
      Stripe.Subscription.PendingUpdate,
      {
        discounts: string[] | null;
        subscription_items: SubscriptionItem[] | null;
      }
    > | null;
    plan: Plan | null;
    quantity: number | null;
    schedule: string | null;
    status: Stripe.Subscription.Status;
    test_clock: string | null;
  }
>;

export type InvoiceLine = Stored<
  Stripe.InvoiceLineItem,
  {
    discount_amounts: { amount: number; discount: string }[] | null;
    pricing: {
      price_details: { price: string; product: string };
      type: "price_details";
      unit_amount_decimal: string | null;
    } | null;
    quantity_decimal: string | null;
    subscription: string | null;
  }
>;

export type Invoice = Stored<
  Stripe.Invoice,
  {
    confirmation_secret?: undefined;
    customer: string;
    default_payment_method: string | null;
    discounts: string[];
    lines: List<InvoiceLine>;
    parent: Stored<
      Stripe.Invoice.Parent,
      {
        subscription_details: {
          metadata: Record<string, string>;
          subscription: string;
        };
      }
    > | null;
    payments?: undefined;
    status: "draft" | "open" | "paid" | "uncollectible" | "void";
    test_clock: string | null;
  }
>;

/** One-off charges and prorations, waiting for an invoice or on one. */
export type InvoiceItem = Stored<
  Stripe.InvoiceItem,
  {
    customer: string;
    deleted?: undefined;
    invoice: string | null;
    parent: {
      subscription_details: {
        subscription: string;
        subscription_item?: string;
      };
      type: "subscription_details";
    } | null;
    pricing: InvoiceLine["pricing"] | null;
    quantity_decimal: string;
    test_clock: string | null;
  }
>;

export type InvoicePayment = Stored<
  Stripe.InvoicePayment,
  {
    invoice: string;
    payment: { payment_intent: string; type: "payment_intent" };
  }
>;

export type PaymentIntent = Stored<
  Stripe.PaymentIntent,
  {
    client_secret: string;
    customer: string | null;
    latest_charge: string | null;
    payment_method: string | null;
  }
>;

export type SetupIntent = Stored<
  Stripe.SetupIntent,
  { customer: string | null; payment_method: string | null }
>;

export type Charge = Stored<
  Stripe.Charge,
  {
    customer: string | null;
    balance_transaction: string | null;
    destination: null;
    dispute: string | null;
    order: null;
    payment_intent: string | null;
  }
>;

export type WebhookEndpoint = Stored<
  Stripe.WebhookEndpoint,
  { secret: string }
>;

export type PaymentMethodConfiguration = Stripe.PaymentMethodConfiguration;
export type PortalConfiguration = Stripe.BillingPortal.Configuration;
export type PortalSession = Stored<
  Stripe.BillingPortal.Session,
  { configuration: string; url: string }
>;

export type SchedulePhase = Stored<
  Stripe.SubscriptionSchedule.Phase,
  {
    default_payment_method: null;
    items: Stored<
      Stripe.SubscriptionSchedule.Phase.Item,
      { plan: string; price: string; quantity: number }
    >[];
  }
>;

export type SubscriptionSchedule = Stored<
  Stripe.SubscriptionSchedule,
  {
    customer: string;
    phases: SchedulePhase[];
    subscription: string | null;
    test_clock: string | null;
  }
>;

export type TestClock = Stored<
  Stripe.TestHelpers.TestClock,
  { deleted?: undefined }
>;

export type Event = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

export type Coupon = Stripe.Coupon;
export type CreditNoteLine = Stored<
  Stripe.CreditNoteLineItem,
  {
    discount_amounts: { amount: number; discount: string }[];
    unit_amount_decimal: string | null;
  }
>;
export type CreditNote = Stored<
  Stripe.CreditNote,
  {
    customer: string;
    customer_balance_transaction: string | null;
    invoice: string;
    lines: List<CreditNoteLine>;
    refunds: Stored<Stripe.CreditNote.Refund, { refund: string }>[];
  }
>;
export type PromotionCode = Stored<
  Stripe.PromotionCode,
  {
    customer: string | null;
    promotion: { coupon: string; type: "coupon" };
  }
>;
export type Discount = Stored<
  Stripe.Discount,
  {
    customer: string | null;
    promotion_code: string | null;
    source: { coupon: string; type: "coupon" };
  }
>;
export type BalanceTransaction = Stored<
  Stripe.BalanceTransaction,
  { source: string }
>;
export type Refund = Stored<
  Stripe.Refund,
  {
    failure_balance_transaction?: string;
    balance_transaction: string | null;
    charge: string;
    customer: string | null;
    payment_intent: string | null;
    payment_method: string | null;
  }
>;
export type Dispute = Stored<
  Stripe.Dispute,
  {
    balance_transactions: BalanceTransaction[];
    charge: string;
    evidence: Record<
      Exclude<keyof Stripe.Dispute.Evidence, "appeal" | "enhanced_evidence">,
      string | null
    > &
      Pick<Stripe.Dispute.Evidence, "enhanced_evidence">;
    payment_intent: string | null;
  }
>;
export type EarlyFraudWarning = Stored<
  Stripe.Radar.EarlyFraudWarning,
  { charge: string; payment_intent?: string }
>;
export type CustomerBalanceTransaction = Stored<
  Stripe.CustomerBalanceTransaction,
  {
    checkout_session: string | null;
    credit_note: string | null;
    customer: string;
    invoice: string | null;
  }
>;
