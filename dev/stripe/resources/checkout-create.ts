import { checkEmail, checkLength, checkUrl } from "../checks";
import { nulls } from "../contract/nulls";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import { notBuilt } from "../errors";
import { newSessionId, randomText } from "../ids";
import { mergeMetadata } from "../metadata";
import type { CheckoutSession, LineItem } from "../objects";
import type { CheckoutPlan } from "../records";
import { discountedLines, shownDiscount, sumsOf } from "./checkout-amounts";
import { checkCombination } from "./checkout-checks";
import { checkoutLines } from "./checkout-lines";
import { methodsOn } from "./payment-method-configurations";
import { requireCustomer } from "./customers";

export type CheckoutParams = Params<"checkout.sessions.create">;

/** Every parameter that is built; the others are refused by name. */
export const CHECKOUT_BUILT = `adaptive_pricing.enabled after_expiration.recovery.allow_promotion_codes
  after_expiration.recovery.enabled allow_promotion_codes
  allowed_payment_method_types automatic_tax.enabled billing_address_collection cancel_url
  client_reference_id currency customer customer_creation customer_email customer_update discounts[].coupon discounts[].promotion_code
  excluded_payment_method_types expires_at integration_identifier invoice_creation.enabled invoice_creation.invoice_data.description
  invoice_creation.invoice_data.footer invoice_creation.invoice_data.metadata
  line_items[].adjustable_quantity line_items[].metadata line_items[].price
  line_items[].price_data.currency line_items[].price_data.product
  line_items[].price_data.product_data.description line_items[].price_data.product_data.images
  line_items[].price_data.product_data.metadata line_items[].price_data.product_data.name
  line_items[].price_data.product_data.tax_code line_items[].price_data.product_data.unit_label
  line_items[].price_data.recurring line_items[].price_data.tax_behavior
  line_items[].price_data.unit_amount line_items[].quantity locale metadata mode origin_context
  payment_intent_data.capture_method=automatic|automatic_async payment_intent_data.description
  payment_intent_data.metadata payment_intent_data.receipt_email
  payment_intent_data.setup_future_usage payment_intent_data.statement_descriptor
  payment_intent_data.statement_descriptor_suffix payment_method_collection
  payment_method_configuration
  saved_payment_method_options.allow_redisplay_filters
  saved_payment_method_options.payment_method_save phone_number_collection.enabled return_url setup_intent_data.description setup_intent_data.metadata
  shipping_address_collection submit_type subscription_data.billing_mode.type
  subscription_data.description subscription_data.metadata subscription_data.proration_behavior
  subscription_data.trial_end subscription_data.trial_period_days
  subscription_data.trial_settings.end_behavior.missing_payment_method success_url
  tax_id_collection ui_mode=hosted_page|embedded_page|elements`;

export function createCheckoutSession(
  ctx: Context,
  params: CheckoutParams,
): CheckoutSession {
  checkTexts(params);
  const mode = params.mode ?? "payment";
  checkCombination(ctx, { ...params, mode });
  const customer = params.customer
    ? requireCustomer(ctx, params.customer)
    : null;
  const id = newSessionId(mode);
  const now = ctx.clock.now();
  const discount = params.discounts?.[0] ?? null;
  const lines = discountedLines(
    ctx,
    checkoutLines(ctx, { ...params, mode }),
    discount,
    { id, customer: customer?.id ?? null },
  );
  const sums = sumsOf(lines);
  const payment = mode === "payment";
  const setup = mode === "setup";
  const saved = params.saved_payment_method_options;
  const invoice = invoiceOf(params);
  const embedded = params.ui_mode === "embedded_page";
  const inShop = embedded || params.ui_mode === "elements";
  const recovery = params.after_expiration?.recovery;
  const session: CheckoutSession = {
    ...nulls("Checkout.Session"),
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
    ...(!setup && sums),
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: null,
      provider: null,
      status: params.automatic_tax?.enabled ? "requires_location_inputs" : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: inShop ? `${id}_secret_${randomText(32)}` : null,
    created: now,
    currency: lines[0]?.currency ?? params.currency?.toLowerCase() ?? null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_creation: customer
      ? null
      : payment
        ? (params.customer_creation ?? "if_required")
        : "always",
    customer_details: {
      address: null,
      business_name: null,
      email: customer?.email ?? params.customer_email ?? null,
      individual_name: null,
      name: null,
      phone: null,
      tax_exempt: null,
      tax_ids: null,
    },
    customer_email: params.customer_email ?? null,
    discounts: setup ? null : shownDiscount(discount),
    ...(params.excluded_payment_method_types && {
      excluded_payment_method_types: params.excluded_payment_method_types,
    }),
    expires_at: params.expires_at ?? now + 24 * 3600,
    integration_identifier: params.integration_identifier ?? null,
    invoice_creation: payment
      ? {
          enabled: invoice !== null,
          invoice_data: {
            account_tax_ids: null,
            custom_fields: null,
            description: invoice?.description ?? null,
            footer: invoice?.footer ?? null,
            issuer: null,
            metadata: invoice?.metadata ?? {},
            rendering_options: null,
          },
        }
      : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: { enabled: false },
    metadata: mergeMetadata({}, params.metadata),
    mode,
    origin_context: params.origin_context ?? null,
    payment_method_collection:
      params.payment_method_collection ?? (payment ? "if_required" : "always"),
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    ...(params.payment_method_configuration && {
      payment_method_configuration_details: {
        id: params.payment_method_configuration,
        parent: null,
      },
    }),
    payment_method_types: methodTypes(ctx, params, lines[0]?.currency),
    payment_status:
      setup || (payment && sums.amount_total === 0)
        ? "no_payment_required"
        : "unpaid",
    phone_number_collection: {
      enabled: params.phone_number_collection?.enabled ?? false,
    },
    ...(embedded && { redirect_on_completion: "always" }),
    ...(params.return_url && { return_url: params.return_url }),
    saved_payment_method_options: setup
      ? null
      : {
          allow_redisplay_filters: saved?.allow_redisplay_filters ?? ["always"],
          payment_method_remove: "disabled",
          payment_method_save: saved?.payment_method_save ?? null,
        },
    shipping_address_collection: params.shipping_address_collection ?? null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    ...(params.tax_id_collection && {
      tax_id_collection: {
        enabled: params.tax_id_collection.enabled,
        required: params.tax_id_collection.required ?? "never",
      },
    }),
    ui_mode: params.ui_mode ?? "hosted_page",
    url: inShop ? null : `${ctx.origin}/c/pay/${id}`,
  };
  ctx.store.put("checkout_session", session);
  ctx.store.put("checkout_plan", {
    ...planOf(id, params, lines),
    discount,
    invoice,
  });
  return session;
}

/** A debit takes days and is for dollars; what is kept for later or held, and an Element, are not built for it. */
function methodTypes(
  ctx: Context,
  params: CheckoutParams,
  currency: string | undefined,
): string[] {
  const {
    allowed_payment_method_types: allowed,
    ui_mode,
    excluded_payment_method_types: excluded = [],
    payment_intent_data: data,
  } = params;
  const possible =
    ui_mode !== "elements" &&
    (params.mode ?? "payment") === "payment" &&
    currency === "usd" &&
    !data?.setup_future_usage &&
    !params.invoice_creation?.enabled
      ? ["card", "us_bank_account"]
      : ["card"];
  const on = methodsOn(ctx, params.payment_method_configuration);
  const types = possible.filter(
    (type) =>
      on.some((one) => one === type) &&
      !excluded.some((one) => one === type) &&
      (!allowed || allowed.some((one) => one === type)),
  );
  if (ui_mode === "elements" && types.length === 0)
    throw notBuilt("ui_mode=elements without cards");
  return types;
}

function checkTexts(params: CheckoutParams): void {
  for (const name of ["cancel_url", "return_url", "success_url"] as const)
    checkUrl(params[name], name);
  checkEmail(params.customer_email, "customer_email");
  checkLength(params.client_reference_id, "client_reference_id", 200);
  const payment = params.payment_intent_data;
  checkEmail(payment?.receipt_email, "payment_intent_data[receipt_email]");
  checkLength(
    params.subscription_data?.description,
    "subscription_data[description]",
    500,
  );
}

function invoiceOf({
  invoice_creation: asked,
}: CheckoutParams): CheckoutPlan["invoice"] {
  if (!asked?.enabled) return null;
  const { description, footer, metadata } = asked.invoice_data ?? {};
  return {
    description: description ?? null,
    footer: footer ?? null,
    metadata: mergeMetadata({}, metadata ?? undefined),
  };
}

function planOf(
  id: string,
  params: CheckoutParams,
  lines: LineItem[],
): Omit<CheckoutPlan, "discount" | "invoice"> {
  const data = params.subscription_data;
  const payment = params.payment_intent_data;
  const update = params.customer_update;
  return {
    id,
    lines,
    saves: {
      address: !params.customer || update?.address === "auto",
      name: !params.customer || update?.name === "auto",
      shipping: !params.customer || update?.shipping === "auto",
    },
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
