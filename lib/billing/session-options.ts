import { checkoutOptions } from "@/lib/catalog/checkout";
import { env } from "@/lib/platform/env";
import type { SessionOptions } from "./checkout-params";

/** What this deployment wants of every session: the catalogue's options and the environment's. */
export function sessionOptions(): SessionOptions {
  const { STRIPE_TAX, STRIPE_PAYMENT_METHOD_CONFIGURATION } = env();
  return {
    ...checkoutOptions,
    tax: STRIPE_TAX === "on",
    methodConfiguration: STRIPE_PAYMENT_METHOD_CONFIGURATION,
  };
}
