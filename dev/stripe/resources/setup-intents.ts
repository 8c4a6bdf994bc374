import { checkLength } from "../checks";
import type { Context } from "../context";
import { invalidRequest, type Refusal } from "../errors";
import { emit } from "../events";
import { mergeMetadata } from "../metadata";
import type { SetupIntent } from "../objects";
import { listing, requireOne } from "../lookup";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import { resolvePaymentMethod } from "./saved-cards";
import { confirmSetup, newSetupIntent } from "./setup-attempt";

const OPEN: SetupIntent["status"][] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
];

function requireIntent(ctx: Context, id: string): SetupIntent {
  const at = { param: "intent", what: "setupintent" };
  return requireOne(ctx, "setup_intent", id, at);
}

function requireOpen(intent: SetupIntent, verb: string): void {
  if (OPEN.includes(intent.status)) return;
  throw invalidRequest(
    `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    { code: "setup_intent_unexpected_state" },
  );
}

function confirm(
  ctx: Context,
  intent: SetupIntent,
  return_url: string | undefined,
): SetupIntent | Refusal {
  if (!intent.payment_method) {
    throw invalidRequest(
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
      { code: "setup_intent_unexpected_state" },
    );
  }
  const method = resolvePaymentMethod(ctx, intent.payment_method);
  const attempt = confirmSetup(ctx, intent, method, { return_url });
  const { refusal } = attempt;
  return refusal ? { refusal } : attempt.intent;
}

function methodOf(ctx: Context, id: string | undefined): string | null {
  const at = { param: "payment_method", status: 400 } as const;
  return id ? resolvePaymentMethod(ctx, id, at).id : null;
}

export const setupIntentOperations = [
  operation("setupIntents.create", {
    built:
      "automatic_payment_methods confirm customer description metadata payment_method return_url usage use_stripe_sdk",
    run(ctx, params) {
      checkLength(params.description, "description", 1000);
      const method = methodOf(ctx, params.payment_method);
      const automatic = params.automatic_payment_methods;
      const intent: SetupIntent = {
        ...newSetupIntent(ctx, {
          customer: params.customer
            ? requireCustomer(ctx, params.customer).id
            : null,
          description: params.description ?? null,
          metadata: mergeMetadata({}, params.metadata),
          usage: params.usage ?? "off_session",
        }),
        automatic_payment_methods: automatic
          ? {
              allow_redirects: automatic.allow_redirects ?? "always",
              enabled: automatic.enabled,
            }
          : null,
        payment_method: method,
        status: method ? "requires_confirmation" : "requires_payment_method",
      };
      ctx.store.put("setup_intent", intent);
      emit(ctx, "setup_intent.created", intent);
      return params.confirm ? confirm(ctx, intent, params.return_url) : intent;
    },
  }),
  operation("setupIntents.retrieve", {
    built: "client_secret",
    run: (ctx, _params, [id]) => requireIntent(ctx, id),
  }),
  operation("setupIntents.update", {
    built: "customer description metadata payment_method",
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireOpen(before, "update");
      const method = methodOf(ctx, params.payment_method);
      const intent: SetupIntent = {
        ...before,
        customer: params.customer
          ? requireCustomer(ctx, params.customer).id
          : before.customer,
        description: params.description ?? before.description,
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
        ...(method && {
          payment_method: method,
          status: "requires_confirmation",
        }),
      };
      ctx.store.put("setup_intent", intent);
      return intent;
    },
  }),
  operation("setupIntents.confirm", {
    built: "payment_method return_url use_stripe_sdk",
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireOpen(before, "confirm");
      const payment_method =
        methodOf(ctx, params.payment_method) ?? before.payment_method;
      return confirm(ctx, { ...before, payment_method }, params.return_url);
    },
  }),
  operation("setupIntents.cancel", {
    built: "cancellation_reason",
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireOpen(before, "cancel");
      const intent: SetupIntent = {
        ...before,
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
        status: "canceled",
      };
      ctx.store.put("setup_intent", intent);
      emit(ctx, "setup_intent.canceled", intent);
      return intent;
    },
  }),
  listing("setupIntents.list", "setup_intent", {
    url: "/v1/setup_intents",
    filters: "created customer payment_method",
    what: "setup_intent",
  }),
];
