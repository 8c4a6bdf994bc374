import { noSuch } from "../errors";
import { listOf, listParams } from "../lists";
import { operation } from "../operation";
import * as p from "../params";

export const setupIntentOperations = [
  operation({
    method: "GET",
    path: "/v1/setup_intents/:id",
    params: { client_secret: p.string() },
    run(ctx, _params, [id]) {
      const intent = ctx.store.get("setup_intent", id);
      if (!intent) throw noSuch("setupintent", id, { param: "intent" });
      return intent;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/setup_intents",
    params: { ...listParams, customer: p.string(), payment_method: p.string() },
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "setup_intent",
        what: "setup_intent",
        url: "/v1/setup_intents",
        params,
        by: params.customer
          ? { index: "customer", key: params.customer }
          : undefined,
        keep: (intent) =>
          !params.payment_method ||
          intent.payment_method === params.payment_method,
      }),
  }),
];
