import type { Context } from "../context";
import { invalidRequest, missingParam, notBuilt } from "../errors";
import type { CheckoutParams } from "./checkout-params";

const HOUR = 3600;
const TWO_DAYS = 48 * HOUR;

/** Refuses what does not fit together, whatever each parameter says by itself. */
export function checkCombination(ctx: Context, params: CheckoutParams): void {
  const {
    mode,
    customer,
    customer_email,
    expires_at,
    subscription_data: data,
  } = params;
  if (params.ui_mode && params.ui_mode !== "hosted_page") {
    throw notBuilt(`ui_mode=${params.ui_mode}`);
  }
  if (!params.success_url) throw missingParam("success_url");
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
