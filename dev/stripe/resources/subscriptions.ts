import type { Context } from "../context";
import { missingParam, noSuch, notBuilt } from "../errors";
import { listOf, listParams } from "../lists";
import type { Subscription } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { cancelNow } from "./subscription-cancel";
import { createParams, createSubscription } from "./subscription-create";
import {
  cancellationDetails,
  updateParams,
  updateSubscription,
} from "./subscription-update";

export function requireSubscription(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "id" },
): Subscription {
  const subscription = ctx.store.get("subscription", id);
  if (!subscription) throw noSuch("subscription", id, at);
  return subscription;
}

const ENDED = ["canceled", "incomplete_expired"];

export const subscriptionOperations = [
  operation({
    method: "POST",
    path: "/v1/subscriptions",
    params: createParams,
    run(ctx, params) {
      if (!params.customer) throw missingParam("customer");
      return createSubscription(ctx, params.customer, params);
    },
  }),
  operation({
    method: "GET",
    path: "/v1/subscriptions/:id",
    params: {},
    run: (ctx, _params, [id]) => requireSubscription(ctx, id),
  }),
  operation({
    method: "POST",
    path: "/v1/subscriptions/:id",
    params: updateParams,
    run: (ctx, params, [id]) =>
      updateSubscription(ctx, requireSubscription(ctx, id), params),
  }),
  operation({
    method: "DELETE",
    path: "/v1/subscriptions/:id",
    params: {
      cancellation_details: cancellationDetails,
      invoice_now: p.boolean(),
      prorate: p.boolean(),
    },
    run(ctx, params, [id]) {
      const subscription = requireSubscription(ctx, id);
      if (subscription.ended_at !== null)
        throw noSuch("subscription", id, { param: "id" });
      if (params.prorate) throw notBuilt("prorate on a cancellation");
      return cancelNow(ctx, subscription, params.cancellation_details ?? {});
    },
  }),
  operation({
    method: "GET",
    path: "/v1/subscriptions",
    params: {
      ...listParams,
      automatic_tax: p.unbuilt(),
      collection_method: p.oneOf("charge_automatically", "send_invoice"),
      current_period_end: p.unbuilt(),
      current_period_start: p.unbuilt(),
      customer: p.string(),
      customer_account: p.unbuilt(),
      plan: p.string(),
      price: p.string(),
      status: p.oneOf(
        "active",
        "all",
        "canceled",
        "ended",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "paused",
        "trialing",
        "unpaid",
      ),
      test_clock: p.unbuilt(),
    },
    run(ctx, params) {
      const { customer, status } = params;
      const price = params.price ?? params.plan;
      return listOf(ctx, {
        kind: "subscription",
        what: "subscription",
        url: "/v1/subscriptions",
        params,
        by: customer ? { index: "customer", key: customer } : undefined,
        keep: (one) =>
          hasStatus(one.status, status) &&
          (!price || one.items.data.some((item) => item.price.id === price)) &&
          (!params.collection_method ||
            one.collection_method === params.collection_method),
      });
    },
  }),
];

function hasStatus(status: string, asked: string | undefined): boolean {
  if (asked === "all") return true;
  if (asked === "ended") return ENDED.includes(status);
  return asked ? status === asked : !ENDED.includes(status);
}
