import { noSuch } from "../errors.js";
import { pageOf, pageParams } from "../lists.js";
import { operation } from "../operation.js";
import * as p from "../params.js";
import { requireSubscription } from "./subscriptions.js";

export const subscriptionItemOperations = [
  operation({
    method: "GET",
    path: "/v1/subscription_items",
    params: { ...pageParams, subscription: p.required(p.string()) },
    run(ctx, params) {
      const at = { param: "subscription", status: 400 } as const;
      const subscription = requireSubscription(ctx, params.subscription, at);
      return pageOf(subscription.items.data, params, "/v1/subscription_items");
    },
  }),
  operation({
    method: "GET",
    path: "/v1/subscription_items/:id",
    params: {},
    run(ctx, _params, [id]) {
      const [subscription] = ctx.store.all("subscription", {
        index: "item",
        key: id,
      });
      const item = subscription?.items.data.find((one) => one.id === id);
      if (!item) throw noSuch("subscription_item", id, { param: "item" });
      return item;
    },
  }),
];
