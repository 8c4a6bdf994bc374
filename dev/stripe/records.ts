import type { Stripe } from "stripe";
import type { Address } from "./address";
import { bucket, type Bucket } from "./bucket";
import type * as Wire from "./objects";

/** What the hosted page needs to complete a session and the session object does not show. */
export type CheckoutPlan = {
  id: string;
  lines: Wire.LineItem[];
  /** What the shop or the buyer's code takes off, until the purchase uses it up. */
  discount: {
    coupon?: string | null;
    promotion_code?: string | null;
  } | null;
  /** What the buyer gives that is kept on the customer. */
  saves: { address: boolean; name: boolean; shipping: boolean };
  subscription: {
    billing_mode: "classic" | "flexible";
    description: string | null;
    metadata: Record<string, string>;
    missing_payment_method: "cancel" | "create_invoice" | "pause";
    trial_end: number | null;
    trial_period_days: number | null;
  };
  /** The invoice that a one-time purchase makes, where one was asked for. */
  invoice: {
    description: string | null;
    footer: string | null;
    metadata: Record<string, string>;
  } | null;
  payment: {
    description: string | null;
    metadata: Record<string, string>;
    receipt_email: string | null;
    setup_future_usage: "off_session" | "on_session" | null;
    statement_descriptor: string | null;
    statement_descriptor_suffix: string | null;
  };
  setup: { description: string | null; metadata: Record<string, string> };
  /** The event of its completion, so that a second submit can wait for it too. */
  completed_event?: string;
  /** A buyer whose bank is asking. */
  pending?: BuyerDetails & { method: string };
  /** Why the last try in an Element brought nothing. */
  failure?: { card: boolean; decline_code: string | null; message: string };
};

export type BuyerDetails = {
  address: Address | null;
  email: string;
  name: string;
  phone: string | null;
  /** Whether the buyer wants the card to be offered again. */
  saves: boolean;
  shipping: { address: Address; name: string; phone: string | null } | null;
  tax_id: string | null;
};

/** One event on its way to one endpoint; `next_at` is null once all retries are used up. */
export type Delivery = {
  id: string;
  event: string;
  endpoint: string;
  attempts: number;
  first_at: number;
  next_at: number | null;
};

/** The first result of a request made with an idempotency key. */
export type KeptAnswer = {
  id: string;
  request: string;
  request_id: string;
  status: number;
  body: string;
  created: number;
};

/** The number a test card was entered with decides what later charges of it do; `set_up`: also off session. */
type CardNumber = { id: string; number: string; set_up: boolean };

type PortalVisit = { id: string; expires_at: number; flow_done: boolean };

/** What an item's running period was charged with, so that a change can credit exactly that. */
export type Debit = {
  /** The subscription item's. */
  id: string;
  amount: number;
  start: number;
  end: number;
  quantity: number;
  price: string;
  /** The invoice's line, or the invoice item until it is on one. */
  on: { invoice: string; line: string } | { invoice_item: string };
};

/** A moment that an object does not carry itself; ringing removes it. */
export type Alarm = {
  id: string;
  at: number;
  rings:
    | "debit"
    | "dispute"
    | "fraud_warning"
    | "overdue"
    | "refund"
    | "tax_id"
    | "trial_will_end"
    | "unpaid"
    | "upcoming";
  /** The subscription, invoice, charge, refund or payment it is about. */
  of: string;
  test_clock: string | null;
};

/** What the Dashboard decides about failed renewals; days are counted from the first attempt. */
export type BillingSettings = {
  id: "billing";
  retry_days: number[];
  after_retries: "cancel" | "past_due" | "unpaid";
  /** How long before a renewal it is told. */
  upcoming_days: number;
};

/** Fields that an object shows only when they are asked for by expand. */
type Includable = { id: string; fields: Record<string, unknown> };

/** What an endpoint's deliveries are signed with as well, for a time after its secret was rolled. */
type RolledSecret = {
  id: string;
  endpoint: string;
  secret: string;
  until: number;
};

export type Records = {
  account: Stripe.Account;
  alarm: Alarm;
  balance_transaction: Wire.BalanceTransaction;
  card_number: CardNumber;
  charge: Wire.Charge;
  checkout_plan: CheckoutPlan;
  checkout_session: Wire.CheckoutSession;
  clock: { id: string; offset: number };
  coupon: Wire.Coupon;
  credit_note: Wire.CreditNote;
  customer: Wire.Customer | Wire.DeletedCustomer;
  customer_balance_transaction: Wire.CustomerBalanceTransaction;
  debit: Debit;
  delivery: Delivery;
  discount: Wire.Discount;
  dispute: Wire.Dispute;
  early_fraud_warning: Wire.EarlyFraudWarning;
  event: Wire.Event;
  includable: Includable;
  invoice: Wire.Invoice;
  invoice_item: Wire.InvoiceItem;
  invoice_payment: Wire.InvoicePayment;
  kept_answer: KeptAnswer;
  payment_intent: Wire.PaymentIntent;
  payment_method: Wire.PaymentMethod;
  payment_method_configuration: Wire.PaymentMethodConfiguration;
  portal_configuration: Wire.PortalConfiguration;
  portal_session: Wire.PortalSession;
  portal_visit: PortalVisit;
  price: Wire.Price;
  product: Wire.Product;
  promotion_code: Wire.PromotionCode;
  refund: Wire.Refund;
  retired_coupon: Wire.Coupon;
  rolled_secret: RolledSecret;
  settings: BillingSettings;
  setup_intent: Wire.SetupIntent;
  subscription: Wire.Subscription;
  subscription_schedule: Wire.SubscriptionSchedule;
  switch: { id: "webhooks"; paused: boolean };
  tax_id: Wire.TaxId;
  test_clock: Wire.TestClock;
  webhook_endpoint: Wire.WebhookEndpoint;
};
export type Kind = keyof Records;
export type Buckets = { [K in Kind]: Bucket<Records[K]> };

export function createBuckets(): Buckets {
  return {
    account: bucket(),
    alarm: bucket({ test_clock: (alarm) => [alarm.test_clock] }),
    balance_transaction: bucket({
      source: (one) => [one.source],
      type: (one) => [one.type],
    }),
    card_number: bucket(),
    charge: bucket({
      customer: (charge) => [charge.customer],
      payment_intent: (charge) => [charge.payment_intent],
    }),
    checkout_plan: bucket(),
    checkout_session: bucket({
      customer: (session) => [session.customer],
      payment_intent: (session) => [session.payment_intent],
      status: (session) => [session.status],
      subscription: (session) => [session.subscription],
    }),
    clock: bucket(),
    coupon: bucket(),
    credit_note: bucket({
      customer: (note) => [note.customer],
      invoice: (note) => [note.invoice],
    }),
    customer: bucket({
      test_clock: (customer) => (customer.deleted ? [] : [customer.test_clock]),
      email: (customer) => (customer.deleted ? [] : [customer.email]),
      live: (customer) => (customer.deleted ? [] : ["yes"]),
    }),
    customer_balance_transaction: bucket({ customer: (one) => [one.customer] }),
    debit: bucket(),
    delivery: bucket({ event: (delivery) => [delivery.event] }),
    discount: bucket({ subscription: (one) => [one.subscription] }),
    dispute: bucket({
      charge: (one) => [one.charge],
      payment_intent: (one) => [one.payment_intent],
    }),
    early_fraud_warning: bucket({
      charge: (one) => [one.charge],
      payment_intent: (one) => [one.payment_intent ?? null],
    }),
    event: bucket({ type: (event) => [event.type] }),
    includable: bucket(),
    invoice: bucket({
      status: (invoice) => [invoice.status],
      test_clock: (invoice) => [invoice.test_clock],
      customer: (invoice) => [invoice.customer],
      subscription: (invoice) => [
        invoice.parent?.subscription_details.subscription,
      ],
    }),
    invoice_item: bucket({
      customer: (item) => [item.customer],
      pending: (item) => (item.invoice ? [] : [item.customer]),
      invoice: (item) => [item.invoice],
    }),
    invoice_payment: bucket({
      invoice: (payment) => [payment.invoice],
      payment_intent: (payment) => [payment.payment.payment_intent],
    }),
    kept_answer: bucket(),
    payment_intent: bucket({ customer: (intent) => [intent.customer] }),
    payment_method: bucket({ customer: (method) => [method.customer] }),
    payment_method_configuration: bucket(),
    portal_configuration: bucket({
      default: (configuration) => (configuration.is_default ? ["yes"] : []),
    }),
    portal_session: bucket({
      url: (session) => [session.url.split("/").at(-1)],
    }),
    portal_visit: bucket(),
    price: bucket({
      lookup_key: (price) => [price.lookup_key],
      product: (price) => [price.product],
    }),
    product: bucket(),
    promotion_code: bucket({
      code: (one) => [one.code.toLowerCase()],
      coupon: (one) => [one.promotion.coupon],
    }),
    refund: bucket({
      charge: (one) => [one.charge],
      payment_intent: (one) => [one.payment_intent],
    }),
    retired_coupon: bucket(),
    rolled_secret: bucket({ endpoint: (one) => [one.endpoint] }),
    settings: bucket(),
    setup_intent: bucket({ customer: (intent) => [intent.customer] }),
    subscription: bucket({
      price: (subscription) =>
        subscription.items.data.map((item) => item.price.id),
      status: (subscription) => [subscription.status],
      test_clock: (subscription) => [subscription.test_clock],
      customer: (subscription) => [subscription.customer],
      item: (subscription) => subscription.items.data.map((item) => item.id),
      live: (subscription) => (subscription.ended_at === null ? ["yes"] : []),
    }),
    subscription_schedule: bucket({
      test_clock: (schedule) => [schedule.test_clock],
      customer: (schedule) => [schedule.customer],
    }),
    switch: bucket(),
    tax_id: bucket({ customer: (taxId) => [taxId.customer] }),
    test_clock: bucket(),
    webhook_endpoint: bucket(),
  };
}

export function allKinds(): Kind[] {
  // The buckets are made with exactly these keys.
  return Object.keys(createBuckets()) as Kind[];
}
