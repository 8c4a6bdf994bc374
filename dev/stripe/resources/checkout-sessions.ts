import type { Context } from "../context";
import { invalidRequest } from "../errors";
import { listOf, PAGED, pageOf } from "../lists";
import { mergeMetadata } from "../metadata";
import type { CheckoutSession } from "../objects";
import { operation } from "../operation";
import { CHECKOUT_BUILT, createCheckoutSession } from "./checkout-create";
import { expireSession } from "./checkout-expiry";

function requireSession(ctx: Context, id: string): CheckoutSession {
  const session = ctx.store.get("checkout_session", id);
  if (session) return session;
  throw invalidRequest(`No such checkout.session: ${id}`, {
    code: "resource_missing",
    status: 404,
  });
}

export const checkoutOperations = [
  operation("checkout.sessions.create", {
    built: CHECKOUT_BUILT,
    run: (ctx, params) => createCheckoutSession(ctx, params),
  }),
  operation("checkout.sessions.retrieve", {
    run: (ctx, _params, [id]) => requireSession(ctx, id),
  }),
  operation("checkout.sessions.update", {
    built: "metadata",
    run(ctx, params, [id]) {
      const before = requireSession(ctx, id);
      const metadata = mergeMetadata(before.metadata, params.metadata);
      ctx.store.put("checkout_session", { ...before, metadata });
      return { ...before, metadata };
    },
  }),
  operation("checkout.sessions.list", {
    built: `${PAGED} created customer customer_details payment_intent status subscription`,
    run(ctx, params) {
      const { customer, payment_intent, subscription, status } = params;
      const details = params.customer_details;
      return listOf(ctx, {
        kind: "checkout_session",
        what: "checkout.session",
        url: "/v1/checkout/sessions",
        params,
        where: { customer, payment_intent, status, subscription },
        keep: (session) =>
          !details || session.customer_details?.email === details.email,
      });
    },
  }),
  operation("checkout.sessions.listLineItems", {
    built: PAGED,
    run(ctx, params, [id]) {
      requireSession(ctx, id);
      const lines = ctx.store.get("checkout_plan", id)?.lines ?? [];
      return pageOf(lines, params, `/v1/checkout/sessions/${id}/line_items`);
    },
  }),
  operation("checkout.sessions.expire", {
    run(ctx, _params, [id]) {
      const session = requireSession(ctx, id);
      if (session.status === "open") return expireSession(ctx, session);
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`,
      );
    },
  }),
];
