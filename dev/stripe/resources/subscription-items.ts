import type { Context } from "../context";
import type { Params } from "../contract/params";
import { noSuch } from "../errors";
import { pageOf, PAGED } from "../lists";
import type { Subscription, SubscriptionItem } from "../objects";
import { operation } from "../operation";
import { updateSubscription } from "./subscription-update";
import { requireSubscription } from "./subscriptions";
import { onClockOf } from "./clock-of";

function requireItem(
  ctx: Context,
  id: string,
): { item: SubscriptionItem; subscription: Subscription } {
  const by = { index: "item", key: id };
  const [subscription] = ctx.store.all("subscription", by);
  const item = subscription?.items.data.find((one) => one.id === id);
  if (!item || !subscription)
    throw noSuch("subscription_item", id, { param: "item" });
  return { item, subscription };
}

const CHANGE =
  "metadata payment_behavior=allow_incomplete|error_if_incomplete|pending_if_incomplete price proration_behavior proration_date quantity";

type How = Pick<
  Params<"subscriptionItems.del">,
  "payment_behavior" | "proration_behavior" | "proration_date"
>;
function how({ payment_behavior, proration_behavior, proration_date }: How) {
  return { payment_behavior, proration_behavior, proration_date };
}

/** Each is an update of the subscription, which keeps all its rules in one place. */
export const subscriptionItemOperations = [
  operation("subscriptionItems.create", {
    built: `subscription ${CHANGE}`,
    run(world, params) {
      const at = { param: "subscription", status: 400 } as const;
      const before = requireSubscription(world, params.subscription, at);
      const { metadata, price, quantity } = params;
      const after = updateSubscription(onClockOf(world, before), before, {
        ...how(params),
        items: [{ metadata, price, quantity }],
      });
      return after.items.data.at(-1) ?? after;
    },
  }),
  operation("subscriptionItems.retrieve", {
    run: (ctx, _params, [id]) => requireItem(ctx, id).item,
  }),
  operation("subscriptionItems.update", {
    built: `off_session ${CHANGE}`,
    run(world, params, [id]) {
      const { subscription } = requireItem(world, id);
      const { metadata, price, quantity } = params;
      updateSubscription(onClockOf(world, subscription), subscription, {
        ...how(params),
        items: [{ id, metadata, price, quantity }],
      });
      return requireItem(world, id).item;
    },
  }),
  operation("subscriptionItems.del", {
    built: "payment_behavior proration_behavior proration_date",
    run(world, params, [id]) {
      const { subscription } = requireItem(world, id);
      updateSubscription(onClockOf(world, subscription), subscription, {
        ...how(params),
        items: [{ id, deleted: true }],
      });
      return { id, object: "subscription_item", deleted: true };
    },
  }),
  operation("subscriptionItems.list", {
    built: `${PAGED} subscription`,
    run(ctx, params) {
      const at = { param: "subscription", status: 400 } as const;
      const subscription = requireSubscription(ctx, params.subscription, at);
      return pageOf(subscription.items.data, params, "/v1/subscription_items");
    },
  }),
];
