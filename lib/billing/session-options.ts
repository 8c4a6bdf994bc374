import { checkoutOptions } from "@/lib/catalog/checkout";
import { env } from "@/lib/platform/env";
import type { SessionOptions } from "./checkout-params";
import { methodOptions } from "./method-params";

/** What this deployment wants of every session: the catalogue's options and the environment's. */
export function sessionOptions(): SessionOptions {
  const tax = env().STRIPE_TAX === "on";
  return { ...checkoutOptions, ...methodOptions(), tax };
}
