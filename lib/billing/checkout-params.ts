import type Stripe from "stripe";
import type { CheckoutOptions } from "@/lib/catalog/checkout";
import { currency, type Trial } from "@/lib/catalog/plans";
import { after, hours, minutes, seconds, toUnix } from "@/lib/platform/time";
import type { Locale } from "./checkout-request";
import { methodParams, type MethodOptions } from "./method-params";
import type { ReturnUrls } from "./return-urls";
import type { SaleLine } from "./sale";

type ShippingCountry =
  Stripe.Checkout.SessionCreateParams.ShippingAddressCollection.AllowedCountry;

/**
 * When the session shall expire; null leaves it to Stripe, which takes a day by its own clock. Stripe takes
 * 30 minutes to 24 hours from the moment *it* sees the request, so a minute at each end is left for the way.
 */
export function sessionExpiry(
  now: Date,
  expiresInMinutes: number | undefined,
): Date | null {
  if (expiresInMinutes === undefined) return null;
  const earliest = minutes(30) + seconds(60);
  const latest = hours(24) - seconds(60);
  const wanted = minutes(expiresInMinutes);
  return after(now, Math.min(latest, Math.max(earliest, wanted)));
}

/** Everything that decides about a session, resolved. */
export type SessionWish = {
  mode: "subscription" | "payment" | "setup";
  /** On Stripe's page, or within one of ours. */
  ui: "hosted" | "embedded";
  tenantId: string;
  intentId: string;
  /** Leads from Stripe's Dashboard to our log and audit. */
  requestId: string;
  customerId: string;
  items: readonly SaleLine[];
  trial: Trial | null;
  /** Of the promotion code that came with the request. */
  promotionCodeId: string | null;
  shipsTo: readonly string[];
  locale: Locale | undefined;
  urls: ReturnUrls;
  expiresAt: Date | null;
  metadata: Readonly<Record<string, string>>;
  options: SessionOptions;
};

/** What the deployment wants of every session: the catalogue's options and the environment's. */
export type SessionOptions = CheckoutOptions & {
  /** Stripe computes and collects tax, and asks for tax ids. */
  tax: boolean;
} & MethodOptions;

/**
 * What Stripe is asked for; pure. Our ids stand on the session *and* on what it makes, because Stripe
 * copies neither to the other (hazard 51).
 */
export function checkoutParams(
  wish: SessionWish,
): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    ...wish.metadata,
    tenant_id: wish.tenantId,
    intent_id: wish.intentId,
    request_id: wish.requestId,
  };
  return {
    mode: wish.mode,
    customer: wish.customerId,
    client_reference_id: wish.tenantId,
    ...(wish.locale && { locale: wish.locale }),
    ...(wish.expiresAt && { expires_at: toUnix(wish.expiresAt) }),
    ...pageParams(wish),
    ...methodParams(wish.options),
    metadata,
    ...(wish.mode === "setup"
      ? { currency, setup_intent_data: { metadata } }
      : {
          line_items: wish.items.map(lineItem),
          ...discountParams(wish),
          ...addressParams(wish),
        }),
    ...(wish.mode === "subscription" && subscriptionParams(wish, metadata)),
    ...(wish.mode === "payment" && { payment_intent_data: { metadata } }),
  };
}

/** What a meter counts is refused with a quantity (hazard 55). */
function lineItem({ quantity, adjustable, ...price }: SaleLine) {
  return {
    ...price,
    ...(quantity !== null && { quantity }),
    ...(adjustable && {
      adjustable_quantity: { enabled: true, ...adjustable },
    }),
  };
}

function pageParams(wish: SessionWish) {
  const { ui, urls } = wish;
  if (ui === "embedded")
    return { ui_mode: "embedded_page", return_url: urls.successUrl } as const;
  return {
    success_url: urls.successUrl,
    cancel_url: urls.cancelUrl,
    ...(isRecoverable(wish) && {
      after_expiration: {
        recovery: { enabled: true, allow_promotion_codes: false },
      },
    }),
  };
}

/**
 * Whether an expired one can be taken up again, by a copy that Stripe makes: not with what may be over by
 * then, a trial that was used elsewhere or a price that staff have withdrawn.
 */
function isRecoverable({ mode, trial, items }: SessionWish): boolean {
  const offered = items.some((item) => "price_data" in item);
  return mode !== "setup" && !trial && !offered;
}

/** A given code or the field for one: Stripe refuses both together (hazard 54). */
function discountParams({ promotionCodeId, options }: SessionWish) {
  if (promotionCodeId)
    return { discounts: [{ promotion_code: promotionCodeId }] };
  return options.promotionCodes ? { allow_promotion_codes: true } : {};
}

/** Tax needs an address, and a tax id a name, that Checkout may write on the customer (hazard 53). */
function addressParams({
  options,
  shipsTo,
}: SessionWish): Stripe.Checkout.SessionCreateParams {
  const ships = shipsTo.length > 0;
  return {
    ...(options.billingAddress === "required" && {
      billing_address_collection: "required",
    }),
    ...(options.tax && {
      automatic_tax: { enabled: true },
      tax_id_collection: { enabled: true },
    }),
    ...(ships && {
      shipping_address_collection: {
        allowed_countries: [...shipsTo] as ShippingCountry[],
      },
    }),
    ...((options.tax || ships) && {
      customer_update: {
        ...(options.tax && { address: "auto" as const, name: "auto" as const }),
        ...(ships && { shipping: "auto" as const }),
      },
    }),
  };
}

/** Days, not an end: computed from our clock it would show a day less (hazard 56). */
function subscriptionParams(
  { trial }: SessionWish,
  metadata: Record<string, string>,
): Stripe.Checkout.SessionCreateParams {
  const { days, withoutCard } = trial ?? {};
  return {
    payment_method_collection: withoutCard ? "if_required" : "always",
    subscription_data: {
      metadata,
      billing_mode: { type: "flexible" },
      ...(days && { trial_period_days: days }),
      ...(withoutCard && {
        trial_settings: {
          end_behavior: { missing_payment_method: withoutCard },
        },
      }),
    },
  };
}
