import { numberOfToken, passesLuhn } from "../cards";
import { cardError, invalidRequest, missingParam, noSuch } from "../errors";
import { listOf, listParams } from "../lists";
import { operation } from "../operation";
import * as p from "../params";
import { requireCustomer } from "./customers";
import {
  attachPaymentMethod,
  createCard,
  detachPaymentMethod,
  plausibleExpiry,
  resolvePaymentMethod,
} from "./saved-cards";

export const paymentMethodOperations = [
  operation({
    method: "POST",
    path: "/v1/payment_methods",
    params: {
      type: p.required(p.oneOf("card")),
      billing_details: p.object({
        address: p.unbuilt(),
        email: p.unsettable(p.email()),
        name: p.unsettable(p.string()),
        phone: p.unbuilt(),
        tax_id: p.unbuilt(),
      }),
      card: p.object({
        cvc: p.string(4),
        exp_month: p.integer({ min: 1, max: 12 }),
        exp_year: p.integer(),
        networks: p.unbuilt(),
        number: p.string(24),
        token: p.string(),
      }),
      metadata: p.metadata(),
    },
    run(ctx, { card, billing_details, metadata }) {
      if (!card) throw missingParam("card");
      const number = card.token
        ? numberOfToken(card.token)
        : card.number?.replaceAll(" ", "");
      if (!number) {
        if (!card.token) throw missingParam("card[number]");
        throw noSuch("token", card.token, {
          param: "card[token]",
          status: 400,
        });
      }
      if (!passesLuhn(number)) {
        throw cardError({
          code: "incorrect_number",
          message: "Your card number is incorrect.",
          param: "number",
        });
      }
      const { exp_month, exp_year } = { ...plausibleExpiry(ctx), ...card };
      const method = createCard(ctx, {
        number,
        exp_month: exp_month ?? 12,
        exp_year: exp_year ?? 2034,
        name: billing_details?.name ?? null,
        email: billing_details?.email ?? null,
      });
      const described = { ...method, metadata: p.mergeMetadata({}, metadata) };
      ctx.store.put("payment_method", described);
      return described;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/payment_methods/:id",
    params: {},
    run(ctx, _params, [id]) {
      const method = ctx.store.get("payment_method", id);
      if (!method)
        throw noSuch("PaymentMethod", id, { param: "payment_method" });
      return method;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/payment_methods",
    params: {
      ...listParams,
      allow_redisplay: p.string(),
      customer: p.string(),
      customer_account: p.unbuilt(),
      type: p.string(),
    },
    run(ctx, params) {
      if (params.customer) requireCustomer(ctx, params.customer);
      return listOf(ctx, {
        kind: "payment_method",
        what: "payment_method",
        url: "/v1/payment_methods",
        params,
        by: params.customer
          ? { index: "customer", key: params.customer }
          : undefined,
        keep: (method) =>
          method.customer !== null &&
          (!params.type || method.type === params.type),
      });
    },
  }),
  operation({
    method: "POST",
    path: "/v1/payment_methods/:id/attach",
    params: { customer: p.required(p.string()), customer_account: p.unbuilt() },
    run(ctx, { customer }, [id]) {
      requireCustomer(ctx, customer);
      return attachPaymentMethod(ctx, id, customer);
    },
  }),
  operation({
    method: "POST",
    path: "/v1/payment_methods/:id/detach",
    params: {},
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
