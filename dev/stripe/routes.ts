import type { Operation } from "./operation";
import { chargeOperations } from "./resources/charges";
import { checkoutOperations } from "./resources/checkout-sessions";
import { customerOperations } from "./resources/customers";
import { eventOperations } from "./resources/events";
import { invoicePaymentOperations } from "./resources/invoice-payments";
import { invoiceOperations } from "./resources/invoices";
import { paymentIntentOperations } from "./resources/payment-intents";
import { paymentMethodOperations } from "./resources/payment-methods";
import { portalConfigurationOperations } from "./resources/portal-configurations";
import { portalSessionOperations } from "./resources/portal-sessions";
import { priceOperations } from "./resources/prices";
import { productOperations } from "./resources/products";
import { setupIntentOperations } from "./resources/setup-intents";
import { subscriptionItemOperations } from "./resources/subscription-items";
import { subscriptionOperations } from "./resources/subscriptions";
import { webhookEndpointOperations } from "./resources/webhook-endpoints";

const OPERATIONS: Operation[] = [
  ...chargeOperations,
  ...checkoutOperations,
  ...customerOperations,
  ...eventOperations,
  ...invoiceOperations,
  ...invoicePaymentOperations,
  ...paymentIntentOperations,
  ...paymentMethodOperations,
  ...portalConfigurationOperations,
  ...portalSessionOperations,
  ...priceOperations,
  ...productOperations,
  ...setupIntentOperations,
  ...subscriptionItemOperations,
  ...subscriptionOperations,
  ...webhookEndpointOperations,
];

const TABLE = new Map<string, { operation: Operation; parts: string[] }[]>();
for (const operation of OPERATIONS) {
  const parts = operation.path.split("/");
  const group = `${operation.method} ${parts.length}`;
  TABLE.set(group, [...(TABLE.get(group) ?? []), { operation, parts }]);
}

export function findRoute(
  method: string,
  path: string,
): { operation: Operation; ids: [string, string] } | undefined {
  const asked = path.split("/");
  // Never an id: search is an operation of its own, and not built.
  if (asked.at(-1) === "search") return undefined;
  for (const { operation, parts } of TABLE.get(`${method} ${asked.length}`) ??
    []) {
    const fits = parts.every((part, at) =>
      part[0] === ":" ? asked[at] : part === asked[at],
    );
    if (!fits) continue;
    const [first = "", second = ""] = asked.filter(
      (_, at) => parts[at]?.[0] === ":",
    );
    return {
      operation,
      ids: [decoded(first), decoded(second)],
    };
  }
  return undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an encoding: then it is no id either, and is looked up as it came.
    return segment;
  }
}

/** First path segments of what Stripe offers; what no operation above takes is 501. */
const STRIPE_PATHS = new Set(
  `account account_links account_sessions accounts apple_pay application_fees apps balance
  balance_settings balance_transactions billing billing_portal charges checkout climate
  confirmation_tokens country_specs coupons credit_notes customer_sessions customers disputes
  entitlements ephemeral_keys events exchange_rates external_accounts file_links files
  financial_connections forwarding identity invoice_payments invoice_rendering_templates
  invoiceitems invoices issuing mandates payment_attempt_records payment_intents payment_links
  payment_method_configurations payment_method_domains payment_methods payment_pages
  payment_records payouts plans prices products promotion_codes quotes radar refunds reporting
  reviews setup_attempts setup_intents shipping_rates sigma sources stripecli subscription_items
  subscription_schedules subscriptions tax tax_codes tax_ids tax_rates terminal test_helpers
  tokens topups transfers treasury webhook_endpoints`.split(/\s+/),
);

export function unbuiltOperation(
  method: string,
  path: string,
): string | undefined {
  if (path.startsWith("/v2/")) return `${method} ${path}`;
  const [, version, family = ""] = path.split("/");
  return version === "v1" && STRIPE_PATHS.has(family)
    ? `${method} ${path}`
    : undefined;
}
