import type { Context } from "../context";
import { checkRange } from "../checks";
import { invalidRequest } from "../errors";
import type { CheckoutParams } from "./checkout-create";
import { checkUiMode } from "./checkout-ui-mode";

const HOUR = 3600;
const TWO_DAYS = 48 * HOUR;

/** Refuses what does not fit together, whatever each parameter says by itself. */
export function checkCombination(
  ctx: Context,
  params: CheckoutParams & { mode: string },
): void {
  const {
    mode,
    customer,
    customer_email,
    expires_at,
    subscription_data: data,
  } = params;
  checkUiMode(params);
  if (params.discounts && params.allow_promotion_codes !== undefined) {
    throw invalidRequest(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      { param: "allow_promotion_codes" },
    );
  }
  if ((params.discounts?.length ?? 0) > 1) {
    throw invalidRequest("You may only apply one discount.", {
      param: "discounts",
    });
  }
  refuseOutside(
    mode === "payment",
    "invoice_creation",
    params.invoice_creation,
    mode,
  );
  refuseOutside(mode !== "setup", "discounts", params.discounts, mode);
  refuseOutside(
    mode !== "setup",
    "saved_payment_method_options",
    params.saved_payment_method_options,
    mode,
  );
  if (params.customer_update && !customer) {
    throw invalidRequest(
      "`customer_update` can only be used with `customer`.",
      { param: "customer_update" },
    );
  }
  if (customer && customer_email) {
    throw invalidRequest(
      "You may only specify one of these parameters: customer, customer_email.",
      { param: "customer" },
    );
  }
  refuseOutside(
    mode === "payment",
    "payment_intent_data",
    params.payment_intent_data,
    mode,
  );
  refuseOutside(
    mode === "payment",
    "customer_creation",
    params.customer_creation,
    mode,
  );
  refuseOutside(mode === "subscription", "subscription_data", data, mode);
  refuseOutside(
    mode === "setup",
    "setup_intent_data",
    params.setup_intent_data,
    mode,
  );
  checkRange(data?.trial_period_days, "subscription_data[trial_period_days]", {
    min: 1,
    max: 730,
  });
  const now = ctx.clock.now();
  if (expires_at !== undefined && expires_at < now + HOUR / 2) {
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  if (expires_at !== undefined && expires_at > now + 24 * HOUR) {
    throw invalidRequest(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  if (data?.trial_end !== undefined && data.trial_end < now + TWO_DAYS) {
    throw invalidRequest(
      "The `trial_end` date has to be at least 2 days in the future.",
      { param: "subscription_data[trial_end]" },
    );
  }
}

function refuseOutside(
  allowed: boolean,
  param: string,
  value: unknown,
  mode: string,
): void {
  if (allowed || value === undefined) return;
  throw invalidRequest(`You can not pass \`${param}\` in \`${mode}\` mode.`, {
    param,
  });
}
