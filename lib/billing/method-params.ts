import { checkoutOptions, type CheckoutOptions } from "@/lib/catalog/checkout";
import { env } from "@/lib/platform/env";

/** By what people may pay: Stripe's names, and a configuration of the Dashboard's. */
export type MethodOptions = Pick<
  CheckoutOptions,
  "allowedMethods" | "excludedMethods"
> & { methodConfiguration: string | undefined };

/** The catalogue's and the environment's, for whatever is paid. */
export function methodOptions(): MethodOptions {
  const { allowedMethods, excludedMethods } = checkoutOptions;
  const { STRIPE_PAYMENT_METHOD_CONFIGURATION: methodConfiguration } = env();
  return { allowedMethods, excludedMethods, methodConfiguration };
}

/** For a session as for a payment; pure. Never payment_method_types, which Stripe refuses since endive (hazard 57). */
export function methodParams({
  methodConfiguration,
  allowedMethods,
  excludedMethods,
}: MethodOptions) {
  return {
    ...(methodConfiguration && {
      payment_method_configuration: methodConfiguration,
    }),
    ...(allowedMethods.length > 0 && {
      allowed_payment_method_types: [...allowedMethods],
    }),
    ...(excludedMethods.length > 0 && {
      excluded_payment_method_types: [...excludedMethods],
    }),
  };
}
