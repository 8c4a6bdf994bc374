import { checkRange, currencyOf } from "../checks";
import type { Params } from "../contract/params";
import type { Context } from "../context";
import { invalidRequest, noSuch, notBuilt, type Refusal } from "../errors";
import { emit } from "../events";
import { mergeMetadata } from "../metadata";
import type { PaymentIntent } from "../objects";
import { listing } from "../lookup";
import { operation } from "../operation";
import { concludeAttempt } from "./conclude-payment";
import { chargeIntent, newIntent } from "./payment-attempt";
import { cancelPayment, capturePayment } from "./payment-capture";
import { requireCustomer } from "./customers";
import {
  checkAmount,
  fieldsOf,
  methodFields,
  methodOf,
} from "./payment-intent-fields";
import { resolvePaymentMethod } from "./saved-cards";

const OPEN: PaymentIntent["status"][] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
];
const CANCELABLE: PaymentIntent["status"][] = [...OPEN, "requires_capture"];

function requireIntent(ctx: Context, id: string): PaymentIntent {
  const intent = ctx.store.get("payment_intent", id);
  if (!intent) throw noSuch("payment_intent", id, { param: "intent" });
  return intent;
}

/** Refuses what the intent's state does not allow, in Stripe's words. */
function requireState(
  intent: PaymentIntent,
  allowed: PaymentIntent["status"][],
  [verb, done]: [string, string],
): void {
  if (allowed.includes(intent.status)) return;
  throw invalidRequest(
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(", ")}.`,
    { code: "payment_intent_unexpected_state" },
  );
}

type Confirmation = Pick<
  Params<"paymentIntents.confirm">,
  "error_on_requires_action" | "off_session" | "return_url"
>;

/** Charges the intent's method; a refusal leaves the intent as the bank left it. */
function confirm(
  ctx: Context,
  intent: PaymentIntent,
  given: Confirmation,
): PaymentIntent | Refusal {
  if (!intent.payment_method) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      { code: "payment_intent_unexpected_state" },
    );
  }
  const method = resolvePaymentMethod(ctx, intent.payment_method);
  const attempt = chargeIntent(ctx, intent, method, {
    return_url: given.return_url,
    session: given.off_session ? "off" : "on",
  });
  if (
    attempt.intent.status === "requires_action" &&
    given.error_on_requires_action
  )
    throw notBuilt(
      "error_on_requires_action with a card that asks for 3D Secure",
    );
  concludeAttempt(ctx, attempt);
  const { refusal } = attempt;
  return refusal ? { refusal } : attempt.intent;
}

const DESCRIBED =
  "description metadata receipt_email setup_future_usage shipping statement_descriptor statement_descriptor_suffix";
const METHODS =
  "allowed_payment_method_types excluded_payment_method_types payment_method_configuration";
const CONFIRMED =
  "error_on_requires_action off_session return_url use_stripe_sdk";

export const paymentIntentOperations = [
  operation("paymentIntents.create", {
    built: `amount automatic_payment_methods capture_method=automatic|automatic_async|manual confirm confirmation_method=automatic currency customer payment_method ${METHODS} ${DESCRIBED} ${CONFIRMED}`,
    run(ctx, params) {
      const currency = currencyOf(params.currency);
      checkAmount(params.amount, currency);
      const customer = params.customer
        ? requireCustomer(ctx, params.customer).id
        : null;
      const method = methodOf(ctx, params.payment_method, customer);
      if (!params.confirm && (params.off_session || params.return_url)) {
        const param = params.off_session ? "off_session" : "return_url";
        throw invalidRequest(
          `You can only pass \`${param}\` when \`confirm\` is true.`,
          { param },
        );
      }
      const automatic = params.automatic_payment_methods;
      const intent: PaymentIntent = {
        ...newIntent(ctx, { amount: params.amount, currency, customer }),
        ...fieldsOf(params),
        ...methodFields(ctx, params),
        automatic_payment_methods: automatic
          ? {
              allow_redirects: automatic.allow_redirects ?? "always",
              enabled: automatic.enabled,
            }
          : null,
        capture_method: params.capture_method ?? "automatic_async",
        metadata: mergeMetadata({}, params.metadata),
        payment_method: method?.id ?? null,
        status: method ? "requires_confirmation" : "requires_payment_method",
      };
      ctx.store.put("payment_intent", intent);
      emit(ctx, "payment_intent.created", intent);
      return params.confirm ? confirm(ctx, intent, params) : intent;
    },
  }),
  operation("paymentIntents.retrieve", {
    built: "client_secret",
    run: (ctx, _params, [id]) => requireIntent(ctx, id),
  }),
  operation("paymentIntents.update", {
    built: `amount currency customer payment_method ${DESCRIBED}`,
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireState(before, CANCELABLE, ["update", "updated"]);
      const currency = params.currency
        ? currencyOf(params.currency)
        : before.currency;
      checkAmount(params.amount, currency);
      const customer = params.customer
        ? requireCustomer(ctx, params.customer).id
        : before.customer;
      const method = methodOf(ctx, params.payment_method, customer);
      const intent: PaymentIntent = {
        ...before,
        ...fieldsOf(params),
        amount: params.amount ?? before.amount,
        currency,
        customer,
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(method && {
          payment_method: method.id,
          next_action: null,
          status: "requires_confirmation",
        }),
      };
      ctx.store.put("payment_intent", intent);
      return intent;
    },
  }),
  operation("paymentIntents.confirm", {
    built: `payment_method receipt_email setup_future_usage shipping ${CONFIRMED}`,
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireState(before, OPEN, ["confirm", "confirmed"]);
      const method = methodOf(ctx, params.payment_method, before.customer);
      const intent: PaymentIntent = {
        ...before,
        ...fieldsOf(params),
        payment_method: method?.id ?? before.payment_method,
      };
      return confirm(ctx, intent, params);
    },
  }),
  operation("paymentIntents.capture", {
    built: "amount_to_capture metadata",
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireState(before, ["requires_capture"], ["capture", "captured"]);
      const amount = params.amount_to_capture ?? before.amount_capturable;
      checkRange(amount, "amount_to_capture", {
        min: 1,
        max: before.amount_capturable,
      });
      const metadata = mergeMetadata(
        before.metadata,
        params.metadata ?? undefined,
      );
      return capturePayment(ctx, { ...before, metadata }, amount);
    },
  }),
  operation("paymentIntents.cancel", {
    built: "cancellation_reason",
    run(ctx, params, [id]) {
      const before = requireIntent(ctx, id);
      requireState(before, CANCELABLE, ["cancel", "canceled"]);
      const [invoice] = ctx.store.all("invoice_payment", {
        index: "payment_intent",
        key: id,
      });
      if (invoice) {
        throw invalidRequest(
          "You cannot cancel PaymentIntents that are created by an invoice. Void the invoice instead.",
          { code: "payment_intent_unexpected_state" },
        );
      }
      return cancelPayment(ctx, before, params.cancellation_reason ?? null);
    },
  }),
  listing("paymentIntents.list", "payment_intent", {
    url: "/v1/payment_intents",
    filters: "created customer",
    what: "payment_intent",
  }),
];
