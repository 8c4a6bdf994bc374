import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest, notBuilt } from "../errors";
import { emit } from "../events";
import { mergeMetadata } from "../metadata";
import type { Subscription } from "../objects";
import { redeem } from "./discounts";
import { cancelLater, periodEnd, undoCancel } from "./subscription-cancel";
import { taxSetting } from "./subscription-new";

export type Update = Partial<Omit<Params<"subscriptions.update">, "expand">>;

/** What an update says outright: everything but its items, its anchor and its trial. */
export function withFields(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  if (
    params.cancel_at !== undefined &&
    params.cancel_at_period_end !== undefined
  ) {
    throw invalidRequest(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      { param: "cancel_at" },
    );
  }
  const after = withCancellation(ctx, before, params);
  const method = params.default_payment_method;
  if (
    method &&
    ctx.store.get("payment_method", method)?.customer !== before.customer
  ) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      { code: "resource_missing", param: "default_payment_method" },
    );
  }
  const pause = params.pause_collection;
  const save = params.payment_settings?.save_default_payment_method;
  const sends = params.collection_method ?? after.collection_method;
  return {
    ...after,
    ...(params.automatic_tax && {
      automatic_tax: taxSetting(params.automatic_tax.enabled),
    }),
    collection_method: sends,
    days_until_due:
      sends === "send_invoice"
        ? (params.days_until_due ?? after.days_until_due)
        : null,
    discounts: discountsAsked(ctx, before, params),
    default_payment_method:
      method === undefined ? after.default_payment_method : method,
    description:
      params.description === undefined ? after.description : params.description,
    metadata: mergeMetadata(before.metadata, params.metadata),
    pause_collection:
      pause === undefined
        ? after.pause_collection
        : pause && {
            behavior: pause.behavior,
            resumes_at: pause.resumes_at ?? null,
          },
    ...(save && {
      payment_settings: {
        payment_method_options: null,
        payment_method_types: null,
        save_default_payment_method: save,
      },
    }),
    trial_settings: params.trial_settings
      ? {
          end_behavior: {
            billing_cycle_anchor: null,
            missing_payment_method:
              params.trial_settings.end_behavior.missing_payment_method ??
              "create_invoice",
          },
        }
      : after.trial_settings,
  };
}

/** Given discounts replace the old ones; null and none take them all away. */
function discountsAsked(
  ctx: Context,
  before: Subscription,
  { discounts: asked }: Update,
): string[] {
  if (asked === undefined) return before.discounts;
  const { currency, customer, id } = before;
  const owner = { customer, subscription: id };
  const discounts = redeem(ctx, asked ?? [], owner, { currency });
  const ids = discounts.map((one) => one.id);
  for (const old of before.discounts) {
    const gone = ids.includes(old) ? null : ctx.store.get("discount", old);
    if (gone) emit(ctx, "customer.discount.deleted", gone);
  }
  for (const one of discounts)
    if (!before.discounts.includes(one.id))
      emit(ctx, "customer.discount.created", one);
  return ids;
}

/** Within the running period only without proration; later periods would have to be cut short. */
function endAsked(
  ctx: Context,
  before: Subscription,
  at: number | string,
  params: Update,
): number {
  const end = periodEnd(before);
  if (typeof at === "string" || at === end) return end;
  if (at <= ctx.clock.now())
    throw invalidRequest("`cancel_at` must be a time in the future.", {
      param: "cancel_at",
    });
  if (at < end && params.proration_behavior === "none") return at;
  throw notBuilt(
    "cancel_at other than the period's end, or within it with proration_behavior=none",
  );
}

function withCancellation(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  const details = params.cancellation_details;
  const { cancel_at: at, cancel_at_period_end: flag } = params;
  if (before.schedule && (flag !== undefined || at !== undefined))
    throw invalidRequest(
      `The subscription is managed by the subscription schedule \`${before.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    );
  if (flag === true)
    return cancelLater(ctx, before, { ...details, cancel_at_period_end: true });
  // The flag takes back what the flag has set, and nothing else.
  if (flag === false)
    return before.cancel_at_period_end ? undoCancel(before) : before;
  if (at === null)
    return before.cancel_at === null ? before : undoCancel(before);
  if (at === undefined) {
    if (!details) return before;
    const old = before.cancellation_details;
    return {
      ...before,
      cancellation_details: {
        comment:
          details.comment === undefined
            ? (old?.comment ?? null)
            : details.comment,
        feedback:
          details.feedback === undefined
            ? (old?.feedback ?? null)
            : details.feedback,
        feedback_option: old?.feedback_option ?? null,
        reason: old?.reason ?? null,
      },
    };
  }
  return cancelLater(ctx, before, {
    ...details,
    cancel_at: endAsked(ctx, before, at, params),
    cancel_at_period_end: false,
  });
}
