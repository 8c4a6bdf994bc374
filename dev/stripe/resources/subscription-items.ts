import { noSuch } from "../errors";
import { pageOf, pageParams } from "../lists";
import { operation } from "../operation";
import * as p from "../params";
import { requireSubscription } from "./subscriptions";

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
