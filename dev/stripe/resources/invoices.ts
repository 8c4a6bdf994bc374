import { MERCHANT, type Context } from "../context";
import { noSuch } from "../errors";
import { embedded, listOf, listParams, pageOf, pageParams } from "../lists";
import type { Customer, Invoice, InvoiceLine, Subscription } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

function requireInvoice(ctx: Context, id: string): Invoice {
  const invoice = ctx.store.get("invoice", id);
  if (!invoice) throw noSuch("invoice", id, { param: "invoice" });
  return invoice;
}

/** The draft of a subscription's invoice; not stored, so that callers decide how it goes on. */
export function draftInvoice(
  ctx: Context,
  given: {
    id: string;
    customer: Customer;
    subscription: Subscription;
    lines: InvoiceLine[];
    billing_reason: NonNullable<Invoice["billing_reason"]>;
  },
): Invoice {
  const { id, customer, subscription, lines } = given;
  const now = ctx.clock.now();
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: MERCHANT,
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: null,
    billing_reason: given.billing_reason,
    collection_method: "charge_automatically",
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: embedded(lines, `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
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
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  };
}

/** Numbered after the customer's prefix and sequence, and reachable by link. */
export function finalized(
  ctx: Context,
  draft: Invoice,
  customer: Customer,
): Invoice {
  const sequence = String(customer.next_invoice_sequence).padStart(4, "0");
  const now = ctx.clock.now();
  return {
    ...draft,
    effective_at: now,
    ending_balance: 0,
    hosted_invoice_url: `${ctx.origin}/i/${draft.id}`,
    invoice_pdf: `${ctx.origin}/i/${draft.id}/pdf`,
    number: `${customer.invoice_prefix}-${sequence}`,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  };
}

/** An invoice of nothing is paid without an attempt. */
export function paid(ctx: Context, open: Invoice): Invoice {
  return {
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: open.amount_due > 0 ? open.attempt_count + 1 : 0,
    attempted: true,
    auto_advance: false,
    status: "paid",
    status_transitions: {
      ...open.status_transitions,
      paid_at: ctx.clock.now(),
    },
  };
}

export const invoiceOperations = [
  operation({
    method: "GET",
    path: "/v1/invoices/:id",
    params: {},
    run: (ctx, _params, [id]) => requireInvoice(ctx, id),
  }),
  operation({
    method: "GET",
    path: "/v1/invoices/:id/lines",
    params: pageParams,
    run: (ctx, params, [id]) =>
      pageOf(
        requireInvoice(ctx, id).lines.data,
        params,
        `/v1/invoices/${id}/lines`,
      ),
  }),
  operation({
    method: "GET",
    path: "/v1/invoices",
    params: {
      ...listParams,
      collection_method: p.oneOf("charge_automatically", "send_invoice"),
      customer: p.string(),
      customer_account: p.unbuilt(),
      due_date: p.unbuilt(),
      status: p.oneOf("draft", "open", "paid", "uncollectible", "void"),
      subscription: p.string(),
    },
    run(ctx, params) {
      const { customer, subscription, status, collection_method } = params;
      const ofCustomer = customer
        ? { index: "customer", key: customer }
        : undefined;
      return listOf(ctx, {
        kind: "invoice",
        what: "invoice",
        url: "/v1/invoices",
        params,
        by: subscription
          ? { index: "subscription", key: subscription }
          : ofCustomer,
        keep: (invoice) =>
          (!customer || invoice.customer === customer) &&
          (!status || invoice.status === status) &&
          (!collection_method ||
            invoice.collection_method === collection_method),
      });
    },
  }),
];
