/** What becomes of a workspace's rows when it is erased; `by` is the role of the database that may. */
type Decision =
  | { keep: string }
  | { by: "tenant" | "system"; delete: true }
  | { by: "tenant" | "system"; set: string }
  | { by: "auth" }; // in lib/auth/forget-workspace.ts

/**
 * Every table with a tenant_id, each decided. All of them are exported. What the books need stays: amounts,
 * moments and ids; what tells of a person goes. A test compares this with the database's own catalogue.
 */
export const tenantTables: Readonly<Record<string, Decision>> = {
  api_key: { by: "auth" },
  audit_entry: { keep: "ids and codes only: the evidence of what was done" },
  charge: { keep: "amounts, moments, and codes of refusals" },
  charge_intent: { by: "system", set: "params = NULL, description = NULL" },
  checkout_intent: {
    by: "tenant",
    set: "params = NULL, fingerprint = 'erased'",
  },
  checkout_session: { by: "system", set: "url = NULL, recovery_url = NULL" },
  customer: {
    by: "system",
    set: "email = NULL, name = NULL, phone = NULL, description = NULL, locale = NULL, address = NULL, tax_ids = '[]', card = NULL",
  },
  customer_intent: { by: "tenant", set: "params = '{}'" },
  dispute: { keep: "amounts, and a reason in Stripe's own words" },
  effect: { by: "system", set: "payload = '{}', last_error = NULL" },
  invitation: { by: "auth" },
  invoice: {
    by: "system",
    set: "hosted_invoice_url = NULL, invoice_pdf = NULL", // whoever has them reads the invoice
  },
  membership: { by: "auth" },
  metric_late: { keep: "hours alone, until they are added up again" },
  money_leak: { keep: "ids: where money does not add up" },
  mrr_movement: { keep: "amounts and moments, for the books" },
  order: { by: "system", set: "receipt_url = NULL" },
  payment: {
    by: "system",
    set: "description = NULL, receipt_url = NULL, card = NULL",
  },
  payment_method: { by: "system", set: "card = NULL" },
  project: { by: "tenant", delete: true },
  refund: { keep: "amounts, and a reason in Stripe's own words" },
  refund_command: { keep: "amounts, ids, and a reason out of a list" },
  request_key: { by: "system", delete: true },
  stripe_object_owner: { keep: "ids: whose a late event is" },
  subscription: { by: "system", set: "card = NULL" },
  subscription_change: { keep: "amounts and moments, for the books" },
  subscription_command: { by: "tenant", set: "params = NULL, answer = NULL" },
  subscription_item: { keep: "amounts and moments" },
  tenant_hidden_price: { keep: "names of the catalogue" },
  tenant_price: { keep: "what was agreed, in our own words" },
  tenant_settings: {
    by: "tenant",
    set: "success_url = NULL, cancel_url = NULL, allowed_origins = '{}', portal_return_path = NULL",
  },
  trial_use: { keep: "hashes: a trial is had once" },
};

/** Those that only the system role reads. */
export const systemTables: readonly string[] = [
  "stripe_object_owner",
  "trial_use",
];
