import { completeAddress } from "../address";
import { checkEmail, checkLength, checkRange } from "../checks";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import { invalidRequest, notBuilt } from "../errors";
import { formatMoney } from "../money";
import type { PaymentIntent, PaymentMethod } from "../objects";
import { methodsOn } from "./payment-method-configurations";
import { resolvePaymentMethod } from "./saved-cards";

/** Throws unless Stripe charges so much in this currency. */
export function checkAmount(
  amount: number | undefined,
  currency: string,
): void {
  if (amount === undefined) return;
  checkRange(amount, "amount", { max: 99_999_999 });
  const smallest = currency === "usd" ? 50 : 1;
  if (amount >= smallest) return;
  throw invalidRequest(
    `The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (${formatMoney(smallest, currency)}).`,
    {
      code: amount < 1 ? "parameter_invalid_integer" : "amount_too_small",
      param: "amount",
    },
  );
}

/** The method of a request, which must not belong to somebody else. */
export function methodOf(
  ctx: Context,
  id: string | undefined,
  customer: string | null,
): PaymentMethod | undefined {
  if (!id) return undefined;
  const at = { param: "payment_method", status: 400 } as const;
  const method = resolvePaymentMethod(ctx, id, at);
  if (!method.customer || method.customer === customer) return method;
  throw invalidRequest(
    customer
      ? `The payment method ${method.id} belongs to another customer than ${customer}.`
      : "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or is attached to a customer that the PaymentIntent does not name.",
    { param: "payment_method" },
  );
}

/** What a request says of the payment beside its amount and its method. */
export function fieldsOf(
  params: Omit<Params<"paymentIntents.update">, "amount">,
): Partial<PaymentIntent> {
  const { shipping } = params;
  checkEmail(params.receipt_email, "receipt_email");
  checkLength(params.description, "description", 1000);
  checkLength(params.statement_descriptor, "statement_descriptor", 22);
  checkLength(
    params.statement_descriptor_suffix,
    "statement_descriptor_suffix",
    22,
  );
  const names = [
    "description",
    "receipt_email",
    "setup_future_usage",
    "statement_descriptor",
    "statement_descriptor_suffix",
  ] as const;
  return {
    ...Object.fromEntries(
      names.flatMap((name) =>
        params[name] === undefined ? [] : [[name, params[name]]],
      ),
    ),
    ...(shipping !== undefined && {
      shipping: shipping && {
        address: completeAddress(shipping.address),
        name: shipping.name,
        phone: shipping.phone ?? null,
      },
    }),
  };
}

/** An intent is for cards alone here; what takes none would wait for ever. */
export function methodFields(
  ctx: Context,
  params: Params<"paymentIntents.create">,
): Partial<PaymentIntent> {
  const {
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded,
    payment_method_configuration: configuration,
  } = params;
  const takesCards =
    methodsOn(ctx, configuration).includes("card") &&
    (!allowed || allowed.includes("card")) &&
    !excluded?.includes("card");
  if (!takesCards) throw notBuilt("a PaymentIntent without cards");
  return {
    ...(allowed && { allowed_payment_method_types: allowed }),
    ...(excluded && { excluded_payment_method_types: excluded }),
    ...(configuration && {
      payment_method_configuration_details: { id: configuration, parent: null },
    }),
  };
}
