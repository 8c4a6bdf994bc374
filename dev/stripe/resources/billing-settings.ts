import type { Context } from "../context";
import type { BillingSettings } from "../records";

/** What Stripe recommends: eight retries within two weeks, here at fixed days; then the end. */
const RECOMMENDED: BillingSettings = {
  id: "billing",
  retry_days: [1, 3, 5, 7, 9, 11, 13, 14],
  after_retries: "cancel",
  upcoming_days: 7,
};

export function billingSettings(ctx: Pick<Context, "store">): BillingSettings {
  return { ...RECOMMENDED, ...ctx.store.get("settings", "billing") };
}
