import type { Context } from "../context";
import { noSuch } from "../errors";
import { newId, randomText } from "../ids";
import { listOf, listParams } from "../lists";
import type { SetupIntent } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

/** Stores the intent behind a card saved on a hosted page, already succeeded. */
export function putSetupIntent(
  ctx: Context,
  given: {
    customer: string;
    payment_method: string;
    description?: string | null;
    metadata?: Record<string, string>;
  },
): SetupIntent {
  const id = newId("seti");
  const intent: SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(31)}`,
    created: ctx.clock.now(),
    customer: given.customer,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: "succeeded",
    usage: "off_session",
  };
  ctx.store.put("setup_intent", intent);
  return intent;
}

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
