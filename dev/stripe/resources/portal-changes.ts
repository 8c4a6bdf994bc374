import { checkLength, checkUrl } from "../checks";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { given, present } from "../given";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import type { PortalConfiguration } from "../objects";
import { requirePrice } from "./prices";
import { requireProduct } from "./products";

type Given = Omit<Params<"billingPortal.configurations.update">, "expand">;

const BEHAVIOUR = `features.customer_update features.invoice_history
  features.payment_method_update.enabled
  features.subscription_cancel.cancellation_reason.enabled
  features.subscription_cancel.cancellation_reason.options
  features.subscription_cancel.enabled features.subscription_cancel.mode
  features.subscription_cancel.proration_behavior features.subscription_pause.duration.type=indefinite
  features.subscription_pause.enabled features.subscription_update`;
export const CONFIGURED = `${BEHAVIOUR} business_profile default_return_url login_page.enabled=false
  metadata name`;

export function blankConfiguration(ctx: Context): PortalConfiguration {
  const now = ctx.clock.now();
  return {
    id: newId("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: {
      headline: null,
      privacy_policy_url: null,
      terms_of_service_url: null,
    },
    created: now,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: false },
      payment_method_update: {
        enabled: false,
        payment_method_configuration: null,
      },
      subscription_cancel: {
        cancellation_reason: {
          enabled: false,
          feedback_options: null,
          options: [
            "too_expensive",
            "missing_features",
            "switched_service",
            "unused",
            "customer_service",
            "too_complex",
            "low_quality",
            "other",
          ],
        },
        enabled: false,
        mode: "at_period_end",
        proration_behavior: "none",
      },
      subscription_pause: {
        duration: { interval_options: [], type: "indefinite" },
        enabled: false,
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: false,
        products: [],
        proration_behavior: "none",
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: "end_trial",
      },
    },
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: now,
  };
}

export function changedConfiguration(
  ctx: Context,
  before: PortalConfiguration,
  asked: Given,
): PortalConfiguration {
  checkUrl(asked.default_return_url, "default_return_url");
  checkLength(
    asked.business_profile?.headline,
    "business_profile[headline]",
    60,
  );
  const { active, business_profile, default_return_url, name } = asked;
  const { features: now } = asked;
  const old = before.features;
  const { cancellation_reason: reason, ...cancel } =
    now?.subscription_cancel ?? {};
  const {
    products,
    schedule_at_period_end: schedule,
    ...update
  } = now?.subscription_update ?? {};
  return {
    ...before,
    ...given({ active, default_return_url, name }),
    business_profile: {
      ...before.business_profile,
      ...given(business_profile ?? {}),
    },
    features: {
      customer_update: {
        ...old.customer_update,
        ...present(now?.customer_update),
      },
      invoice_history: now?.invoice_history ?? old.invoice_history,
      payment_method_update: {
        ...old.payment_method_update,
        ...present(now?.payment_method_update),
      },
      subscription_cancel: {
        ...old.subscription_cancel,
        ...present(cancel),
        cancellation_reason: {
          ...old.subscription_cancel.cancellation_reason,
          ...present(reason),
        },
      },
      subscription_pause: {
        ...old.subscription_pause,
        enabled:
          now?.subscription_pause?.enabled ?? old.subscription_pause.enabled,
      },
      subscription_update: {
        ...old.subscription_update,
        ...present(update),
        products:
          products === undefined
            ? (old.subscription_update.products ?? [])
            : offeredProducts(ctx, products ?? []),
        schedule_at_period_end:
          schedule?.conditions === undefined
            ? old.subscription_update.schedule_at_period_end
            : { conditions: schedule.conditions ?? [] },
      },
    },
    metadata: mergeMetadata(before.metadata ?? {}, asked.metadata),
    updated: ctx.clock.now(),
  };
}

type Features = NonNullable<Given["features"]>;
type Offered = NonNullable<
  NonNullable<Features["subscription_update"]>["products"]
>;

/** Each price must exist and belong to its product. */
function offeredProducts(
  ctx: Context,
  products: Offered,
): NonNullable<
  PortalConfiguration["features"]["subscription_update"]["products"]
> {
  const param = "features[subscription_update][products]";
  if (products.length > 10) {
    throw invalidRequest("You can include at most 10 products.", { param });
  }
  return products.map(({ product, prices, adjustable_quantity: range }, at) => {
    requireProduct(ctx, product, {
      param: `${param}[${at}][product]`,
      status: 400,
    });
    prices.forEach((id, index) => {
      const where = `${param}[${at}][prices][${index}]`;
      const price = requirePrice(ctx, id, { param: where, status: 400 });
      if (price.product === product) return;
      throw invalidRequest(
        `The price ${id} does not belong to the product ${product}.`,
        { param: where },
      );
    });
    return {
      adjustable_quantity: {
        enabled: range?.enabled ?? false,
        maximum: range?.maximum ?? null,
        minimum: range?.minimum ?? 1,
      },
      prices,
      product,
    };
  });
}
