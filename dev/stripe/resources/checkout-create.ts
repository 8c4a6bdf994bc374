import type { Context } from "../context";
import { newSessionId } from "../ids";
import type { CheckoutSession, LineItem } from "../objects";
import { mergeMetadata } from "../params";
import type { CheckoutPlan } from "../records";
import { checkCombination } from "./checkout-checks";
import { checkoutLines } from "./checkout-lines";
import type { CheckoutParams } from "./checkout-params";
import { requireCustomer } from "./customers";

const HOUR = 3600;

export function createCheckoutSession(
  ctx: Context,
  params: CheckoutParams,
): CheckoutSession {
  checkCombination(ctx, params);
  const customer = params.customer
    ? requireCustomer(ctx, params.customer)
    : null;
  const lines = checkoutLines(ctx, params);
  const id = newSessionId(params.mode);
  const now = ctx.clock.now();
  const subtotal = lines.reduce((sum, line) => sum + line.amount_subtotal, 0);
  const payment = params.mode === "payment";
  const setup = params.mode === "setup";
  const recovery = params.after_expiration?.recovery;
  const session: CheckoutSession = {
    id,
    object: "checkout.session",
    adaptive_pricing: setup
      ? null
      : { enabled: params.adaptive_pricing?.enabled ?? false },
    after_expiration: recovery
      ? {
          recovery: {
            allow_promotion_codes: recovery.allow_promotion_codes ?? false,
            enabled: recovery.enabled,
            expires_at: null,
            url: null,
          },
        }
      : null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: setup ? null : subtotal,
    amount_total: setup ? null : subtotal,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: null,
      provider: null,
      status: params.automatic_tax?.enabled ? "requires_location_inputs" : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: lines[0]?.currency ?? params.currency?.toLowerCase() ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer
      ? null
      : payment
        ? (params.customer_creation ?? "if_required")
        : "always",
    customer_details: detailsOf(
      customer?.email ?? params.customer_email ?? null,
    ),
    customer_email: params.customer_email ?? null,
    discounts: setup ? null : [],
    ...(params.excluded_payment_method_types && {
      excluded_payment_method_types: params.excluded_payment_method_types,
    }),
    expires_at: params.expires_at ?? now + 24 * HOUR,
    integration_identifier: params.integration_identifier ?? null,
    invoice: null,
    invoice_creation: payment
      ? {
          enabled: false,
          invoice_data: {
            account_tax_ids: null,
            custom_fields: null,
            description: null,
            footer: null,
            issuer: null,
            metadata: {},
            rendering_options: null,
          },
        }
      : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: { enabled: false },
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode,
    origin_context: params.origin_context ?? null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      params.payment_method_collection ?? (payment ? "if_required" : "always"),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status:
      setup || (payment && subtotal === 0) ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: {
      enabled: params.phone_number_collection?.enabled ?? false,
    },
    recovered_from: null,
    saved_payment_method_options: setup
      ? null
      : {
          allow_redisplay_filters: ["always"],
          payment_method_remove: "disabled",
          payment_method_save: null,
        },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    ...(params.tax_id_collection && {
      tax_id_collection: {
        enabled: params.tax_id_collection.enabled,
        required: params.tax_id_collection.required ?? "never",
      },
    }),
    total_details: setup
      ? null
      : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${ctx.origin}/c/pay/${id}`,
    wallet_options: null,
  };
  ctx.store.put("checkout_session", session);
  ctx.store.put("checkout_plan", planOf(id, params, lines));
  return session;
}

export function detailsOf(
  email: string | null,
  name: string | null = null,
): NonNullable<CheckoutSession["customer_details"]> {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: name === null ? null : "none",
    tax_ids: name === null ? null : [],
  };
}

function planOf(
  id: string,
  params: CheckoutParams,
  lines: LineItem[],
): CheckoutPlan {
  const data = params.subscription_data;
  const payment = params.payment_intent_data;
  return {
    id,
    lines,
    subscription: {
      billing_mode: data?.billing_mode?.type ?? "flexible",
      description: data?.description ?? null,
      metadata: mergeMetadata({}, data?.metadata),
      missing_payment_method:
        data?.trial_settings?.end_behavior.missing_payment_method ??
        "create_invoice",
      trial_end: data?.trial_end ?? null,
      trial_period_days: data?.trial_period_days ?? null,
    },
    payment: {
      description: payment?.description ?? null,
      metadata: mergeMetadata({}, payment?.metadata),
      receipt_email: payment?.receipt_email ?? null,
      setup_future_usage: payment?.setup_future_usage ?? null,
      statement_descriptor: payment?.statement_descriptor ?? null,
      statement_descriptor_suffix: payment?.statement_descriptor_suffix ?? null,
    },
    setup: {
      description: params.setup_intent_data?.description ?? null,
      metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    },
  };
}
