import type { Context } from "../context";
import { invalidRequest, missingParam, noSuch } from "../errors";
import { listOf, PAGED } from "../lists";
import type { Subscription } from "../objects";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import { cancelSubscription } from "./subscription-cancel-now";
import { CREATABLE, createSubscription } from "./subscription-create";
import { pauseSubscription, resumeSubscription } from "./subscription-pause";
import { UPDATABLE, updateSubscription } from "./subscription-update";
import { onClockOf } from "./clock-of";

export function requireSubscription(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "id" },
): Subscription {
  const subscription = ctx.store.get("subscription", id);
  if (!subscription) throw noSuch("subscription", id, at);
  return subscription;
}

function enter(world: Context, id: string): [Context, Subscription] {
  const subscription = requireSubscription(world, id);
  return [onClockOf(world, subscription), subscription];
}

const ENDED = ["canceled", "incomplete_expired"];

export const subscriptionOperations = [
  operation("subscriptions.create", {
    built: CREATABLE,
    run(world, params) {
      const at = { param: "customer", status: 400 } as const;
      if (!params.customer) throw missingParam("customer");
      const customer = requireCustomer(world, params.customer, at);
      return createSubscription(onClockOf(world, customer), customer, params);
    },
  }),
  operation("subscriptions.retrieve", {
    run: (ctx, _params, [id]) => requireSubscription(ctx, id),
  }),
  operation("subscriptions.update", {
    built: UPDATABLE,
    run(world, { expand: _expand, ...params }, [id]) {
      return updateSubscription(...enter(world, id), params);
    },
  }),
  operation("subscriptions.cancel", {
    built:
      "cancellation_details.comment cancellation_details.feedback invoice_now prorate",
    run(world, params, [id]) {
      const [ctx, subscription] = enter(world, id);
      if (subscription.ended_at !== null)
        throw noSuch("subscription", id, { param: "id" });
      return cancelSubscription(ctx, subscription, params);
    },
  }),
  operation("subscriptions.pause", {
    built: `bill_for.unused_time_from.type=none|now
      invoicing_behavior=pending_invoice_item type=subscription`,
    run: (world, params, [id]) =>
      pauseSubscription(...enter(world, id), params),
  }),
  operation("subscriptions.resume", {
    built: `billing_cycle_anchor payment_behavior=resume_on_payment_attempt|resume_on_payment_success
      proration_behavior`,
    run: (world, params, [id]) =>
      resumeSubscription(...enter(world, id), params),
  }),
  operation("subscriptions.deleteDiscount", {
    run(world, _params, [id]) {
      const [ctx, before] = enter(world, id);
      const [first] = before.discounts;
      const discount = first && ctx.store.get("discount", first);
      if (!discount)
        throw invalidRequest("This subscription has no discount to delete.", {
          code: "resource_missing",
          status: 404,
        });
      updateSubscription(ctx, before, { discounts: null });
      const { end: _end, ...rest } = discount;
      return { ...rest, deleted: true };
    },
  }),
  operation("subscriptions.migrate", {
    built:
      "billing_mode.type billing_mode.flexible.proration_discounts=included",
    run(world, _params, [id]) {
      const [ctx, before] = enter(world, id);
      if (before.billing_mode.type === "flexible")
        throw invalidRequest("This subscription is already in flexible mode.");
      const subscription: Subscription = {
        ...before,
        billing_mode: {
          flexible: { proration_discounts: "included" },
          type: "flexible",
          updated_at: ctx.clock.now(),
        },
      };
      ctx.store.put("subscription", subscription);
      return subscription;
    },
  }),
  operation("subscriptions.list", {
    built: `${PAGED} collection_method created customer plan price status test_clock`,
    run(ctx, params) {
      const { customer, status, test_clock } = params;
      const price = params.price ?? params.plan;
      return listOf(ctx, {
        kind: "subscription",
        what: "subscription",
        url: "/v1/subscriptions",
        params,
        where: {
          collection_method: params.collection_method,
          customer,
          live: status ? undefined : "yes",
          price,
          status: ["all", "ended"].includes(status ?? "all")
            ? undefined
            : status,
          test_clock: customer ? undefined : (test_clock ?? null),
        },
        keep: (one) => status !== "ended" || ENDED.includes(one.status),
      });
    },
  }),
];
