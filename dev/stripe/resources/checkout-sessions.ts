import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { listOf, listParams, pageOf, pageParams } from "../lists";
import type { CheckoutSession } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { createCheckoutSession } from "./checkout-create";
import { expireSession } from "./checkout-expiry";
import { checkoutParams } from "./checkout-params";

function requireSession(ctx: Context, id: string): CheckoutSession {
  const session = ctx.store.get("checkout_session", id);
  if (session) return session;
  throw invalidRequest(`No such checkout.session: ${id}`, {
    code: "resource_missing",
    status: 404,
  });
}

export const checkoutOperations = [
  operation({
    method: "POST",
    path: "/v1/checkout/sessions",
    params: checkoutParams,
    run: createCheckoutSession,
  }),
  operation({
    method: "GET",
    path: "/v1/checkout/sessions/:id",
    params: {},
    run: (ctx, _params, [id]) => requireSession(ctx, id),
  }),
  operation({
    method: "GET",
    path: "/v1/checkout/sessions",
    params: {
      ...listParams,
      customer: p.string(),
      customer_account: p.unbuilt(),
      customer_details: p.object({ email: p.required(p.email()) }),
      payment_intent: p.string(),
      payment_link: p.unbuilt(),
      status: p.oneOf("complete", "expired", "open"),
      subscription: p.string(),
    },
    run(ctx, params) {
      const { customer, payment_intent, subscription, status } = params;
      const [by] = Object.entries({
        payment_intent,
        subscription,
        customer,
        status,
      }).flatMap(([index, key]) => (key ? [{ index, key }] : []));
      return listOf(ctx, {
        kind: "checkout_session",
        what: "checkout.session",
        url: "/v1/checkout/sessions",
        params,
        by,
        keep: (session) =>
          (!customer || session.customer === customer) &&
          (!status || session.status === status) &&
          (!params.customer_details ||
            session.customer_details?.email === params.customer_details.email),
      });
    },
  }),
  operation({
    method: "GET",
    path: "/v1/checkout/sessions/:id/line_items",
    params: pageParams,
    run(ctx, params, [id]) {
      requireSession(ctx, id);
      const lines = ctx.store.get("checkout_plan", id)?.lines ?? [];
      return pageOf(lines, params, `/v1/checkout/sessions/${id}/line_items`);
    },
  }),
  operation({
    method: "POST",
    path: "/v1/checkout/sessions/:id/expire",
    params: {},
    run(ctx, _params, [id]) {
      const session = requireSession(ctx, id);
      if (session.status === "open") return expireSession(ctx, session);
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`,
      );
    },
  }),
];
