import { numberOfToken, passesLuhn } from "../cards";
import { checkEmail, checkRange } from "../checks";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import {
  cardError,
  invalidRequest,
  missingParam,
  noSuch,
  notBuilt,
} from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { completeAddress } from "../address";
import { mergeMetadata } from "../metadata";
import type { PaymentMethod } from "../objects";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import {
  attachPaymentMethod,
  createCard,
  detailsOf,
  detachPaymentMethod,
  plausibleExpiry,
  resolvePaymentMethod,
} from "./saved-cards";

type Details = Params<"paymentMethods.update">["billing_details"];

function withDetails(method: PaymentMethod, given: Details): PaymentMethod {
  if (!given) return method;
  checkEmail(given.email, "billing_details[email]");
  const { address, email, name, phone, tax_id } = method.billing_details;
  return {
    ...method,
    billing_details: {
      address:
        given.address === undefined
          ? address
          : completeAddress(given.address && { ...address, ...given.address }),
      email: given.email === undefined ? email : given.email,
      name: given.name === undefined ? name : given.name,
      phone: given.phone === undefined ? phone : given.phone,
      tax_id,
    },
  };
}

const DETAILS =
  "billing_details.address billing_details.email billing_details.name billing_details.phone metadata";

/** A card by its number or by a token that stands for one. */
function cardOf(
  ctx: Context,
  given: Params<"paymentMethods.create">["card"],
): PaymentMethod {
  if (!given) throw missingParam("card");
  const expiry = plausibleExpiry(ctx);
  if ("token" in given && given.token) {
    const number = numberOfToken(given.token);
    const at = { param: "card[token]", status: 400 } as const;
    if (!number) throw noSuch("token", given.token, at);
    return createCard(ctx, { number, ...expiry });
  }
  if (!("number" in given) || !given.number) throw missingParam("card[number]");
  const number = given.number.replaceAll(" ", "");
  if (!passesLuhn(number)) {
    throw cardError({
      code: "incorrect_number",
      message: "Your card number is incorrect.",
      param: "number",
    });
  }
  const { exp_month = 0, exp_year = 0 } = given;
  const year = exp_year < 100 ? 2000 + exp_year : exp_year;
  if (exp_month < 1 || exp_month > 12)
    throw badExpiry("invalid_expiry_month", "month");
  if (Date.UTC(year, exp_month) <= ctx.clock.nowMs())
    throw badExpiry("invalid_expiry_year", "year");
  return createCard(ctx, { number, exp_month, exp_year: year });
}

/** A card, or what the shop takes elsewhere and Stripe only knows the name of. */
function methodOf(
  ctx: Context,
  { card, custom, type }: Params<"paymentMethods.create">,
): PaymentMethod {
  if (type !== "custom") return cardOf(ctx, card);
  if (!custom) throw missingParam("custom");
  return {
    id: newId("pm"),
    object: "payment_method",
    billing_details: detailsOf({}),
    created: ctx.clock.now(),
    custom: { display_name: null, logo: null, type: custom.type },
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "custom",
  };
}

function badExpiry(code: string, part: "month" | "year") {
  const message = `Your card's expiration ${part} is invalid.`;
  return cardError({ code, message, param: `exp_${part}` });
}

function requireMethod(ctx: Context, id: string): PaymentMethod {
  const method = ctx.store.get("payment_method", id);
  if (!method) throw noSuch("PaymentMethod", id, { param: "payment_method" });
  return method;
}

export const paymentMethodOperations = [
  operation("paymentMethods.create", {
    built: `allow_redisplay card.cvc card.exp_month card.exp_year card.number card.token custom.type type=card|custom ${DETAILS}`,
    run(ctx, params) {
      const method: PaymentMethod = {
        ...withDetails(methodOf(ctx, params), params.billing_details),
        allow_redisplay: params.allow_redisplay ?? "unspecified",
        metadata: mergeMetadata({}, params.metadata),
      };
      ctx.store.put("payment_method", method);
      return method;
    },
  }),
  operation("paymentMethods.retrieve", {
    run: (ctx, _params, [id]) => requireMethod(ctx, id),
  }),
  operation("paymentMethods.update", {
    built: `allow_redisplay card.exp_month card.exp_year ${DETAILS}`,
    run(ctx, params, [id]) {
      const before = requireMethod(ctx, id);
      if (!before.customer) {
        throw invalidRequest(
          "You must save this PaymentMethod to a customer before you can update it.",
        );
      }
      const { exp_month, exp_year } = params.card ?? {};
      checkRange(exp_month, "card[exp_month]", { min: 1, max: 12 });
      const { card } = before;
      if (params.card && !card) throw notBuilt("card of a bank account");
      const detailed = withDetails(before, params.billing_details);
      const method: PaymentMethod = {
        ...detailed,
        allow_redisplay:
          params.allow_redisplay ?? before.allow_redisplay ?? "unspecified",
        ...(card && {
          card: {
            ...card,
            exp_month: exp_month ?? card.exp_month,
            exp_year: exp_year ?? card.exp_year,
          },
        }),
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
      };
      ctx.store.put("payment_method", method);
      emit(ctx, "payment_method.updated", method, before);
      return method;
    },
  }),
  operation("paymentMethods.list", {
    built: `${PAGED} allow_redisplay customer type`,
    run(ctx, params) {
      const { customer, type, allow_redisplay } = params;
      if (customer) requireCustomer(ctx, customer);
      return listOf(ctx, {
        kind: "payment_method",
        what: "payment_method",
        url: "/v1/payment_methods",
        params,
        where: { allow_redisplay, customer, type },
        keep: (method) => method.customer !== null,
      });
    },
  }),
  operation("paymentMethods.attach", {
    built: "customer",
    run(ctx, { customer }, [id]) {
      if (!customer) throw missingParam("customer");
      requireCustomer(ctx, customer);
      return attachPaymentMethod(ctx, id, customer);
    },
  }),
  operation("paymentMethods.detach", {
    run(ctx, _params, [id]) {
      const method = resolvePaymentMethod(ctx, id);
      if (!method.customer) {
        throw invalidRequest(
          "The payment method you provided is not attached to a customer so detachment is impossible.",
          { code: "payment_method_unexpected_state", param: "payment_method" },
        );
      }
      return detachPaymentMethod(ctx, method);
    },
  }),
];
