import { DAY, HOUR } from "../calendar";
import { MERCHANT, type Context } from "../context";
import { nulls } from "../contract/nulls";
import { embedded } from "../lists";
import type { Customer, Invoice, InvoiceLine, Subscription } from "../objects";
import { automaticTax } from "./invoice-tax";
import { discountAmounts, isInForce } from "./discounts";

export type InvoiceOrder = {
  id: string;
  customer: Customer;
  subscription: Subscription | null;
  lines: InvoiceLine[];
  billing_reason: NonNullable<Invoice["billing_reason"]>;
  currency?: string;
  /** What the invoice looks back on begins here; by default it looks back on nothing. */
  period_start?: number;
  /** Renewals wait an hour before they are finalized and charged. */
  waits?: boolean;
};

/** Not stored, so that callers decide how it goes on. */
export function draftInvoice(ctx: Context, given: InvoiceOrder): Invoice {
  const { id, customer, subscription, lines, waits = false } = given;
  const now = ctx.clock.now();
  const days = subscription?.days_until_due;
  const currency = subscription?.currency ?? given.currency;
  if (!currency) throw new Error("an invoice needs a currency");
  const draft: Invoice = {
    ...nulls("Invoice"),
    id,
    object: "invoice",
    account_country: "US",
    account_name: MERCHANT,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: automaticTax(
      subscription?.automatic_tax.enabled ?? false,
      customer,
    ),
    automatically_finalizes_at: waits ? now + HOUR : null,
    billing_reason: given.billing_reason,
    collection_method:
      subscription?.collection_method ?? "charge_automatically",
    created: now,
    currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone ?? null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_tax_rates: [],
    discounts: [],
    due_date: days ? now + days * DAY : null,
    issuer: { type: "self" },
    lines: embedded(lines, `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: waits && !days ? now + HOUR : null,
    parent: subscription && {
      quote_details: null,
      subscription_details: {
        metadata: subscription.metadata,
        subscription: subscription.id,
      },
      type: "subscription_details",
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: now,
    period_start: given.period_start ?? now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    starting_balance: 0,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  };
  const discounts = discountsInForce(ctx, subscription);
  return withLines(ctx, { ...draft, discounts }, lines);
}

/** The subscription's discounts that still reduce an invoice; one for once has then reduced none before. */
export function discountsInForce(
  ctx: Context,
  subscription: Subscription | null,
): string[] {
  if (!subscription?.discounts.length) return [];
  const by = { index: "subscription", key: subscription.id };
  const used = ctx.store
    .all("invoice", by)
    .filter(({ status }) => status !== "void")
    .flatMap((invoice) => invoice.total_discount_amounts ?? [])
    .filter(({ amount }) => amount > 0)
    .map(({ discount }) => discount);
  return subscription.discounts.filter((id) =>
    isInForce(ctx, id, used.includes(id)),
  );
}

/** The invoice with these lines, its discounts spread over them, and the sums that follow. */
export function withLines(
  ctx: Context,
  invoice: Invoice,
  given: InvoiceLine[],
): Invoice {
  const { discounts } = invoice;
  const spread = discountAmounts(
    ctx,
    discounts,
    given.map((line) => ({
      amount: line.discountable ? line.amount : 0,
      currency: line.currency,
      product: line.pricing?.price_details.product ?? "",
    })),
  );
  const lines = given.map((line, at) => ({
    ...line,
    discount_amounts: spread[at] ?? [],
  }));
  const off = discounts.map((discount) => ({
    amount: sumOf(spread.flat().filter((one) => one.discount === discount)),
    discount,
  }));
  const subtotal = sumOf(lines);
  const total = subtotal - sumOf(off);
  const due = Math.max(total, 0);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    lines: embedded(lines, `/v1/invoices/${invoice.id}/lines`),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: off,
    total_excluding_tax: total,
  };
}

function sumOf(parts: { amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

/** Below these a card cannot be charged: the amount waits on the customer's balance. */
const SMALLEST: Record<string, number> = { usd: 50, eur: 50, gbp: 30 };

/** The invoice with a customer's balance applied: never below zero, the rest stays on the balance. */
export function balanced(invoice: Invoice, balance: number): Invoice {
  const owed = invoice.total + balance;
  const due = owed < (SMALLEST[invoice.currency] ?? 1) ? 0 : owed;
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    ending_balance: owed - due,
    starting_balance: balance,
  };
}
