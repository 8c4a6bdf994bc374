import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest, isRefusal, notBuilt } from "../errors";
import type { Subscription } from "../objects";
import { emit } from "../events";
import { mergeMetadata } from "../metadata";
import { redeem } from "./discounts";
import { noteRenewal, noteTrial } from "./alarms";
import { billNow, draftBill, putProrations } from "./subscription-bill";
import {
  planChange,
  type Change,
  type ItemChange,
} from "./subscription-change";
import { taxSetting } from "./subscription-new";
import { putPendingUpdate } from "./subscription-pending";
import {
  cancelLater,
  periodEnd,
  putSubscription,
  undoCancel,
} from "./subscription-cancel";

type Update = Partial<Omit<Params<"subscriptions.update">, "expand">>;
export const UPDATABLE = `automatic_tax.enabled billing_cycle_anchor cancel_at cancel_at_period_end cancellation_details.comment
  cancellation_details.feedback collection_method=charge_automatically|send_invoice days_until_due
  default_payment_method description discounts items[].deleted items[].id items[].metadata items[].price
  items[].quantity metadata off_session pause_collection
  payment_behavior=allow_incomplete|error_if_incomplete|pending_if_incomplete
  payment_settings.save_default_payment_method proration_behavior proration_date trial_end
  trial_settings.end_behavior.missing_payment_method`;

/** Changes what it is asked to, prorated and billed as asked; see the plan for what that comes to. */
export function updateSubscription(
  ctx: Context,
  before: Subscription,
  params: Update,
): Subscription {
  if (before.ended_at !== null) refuseWhenEnded(params);
  if (before.status === "incomplete") refuseWhenIncomplete(params);
  if (params.payment_behavior === "pending_if_incomplete")
    refuseUnlessPending(before, params);
  const change = changeOf(ctx, before, params);
  const plan = change && planChange(ctx, before, change);
  const wanted = withFields(ctx, plan?.after ?? before, params);
  if (!plan) return putSubscription(ctx, before, wanted);
  const debits = before.items.data.flatMap(
    ({ id }) => ctx.store.get("debit", id) ?? [],
  );
  ctx.store.put("subscription", wanted);
  noteTrial(ctx, wanted);
  noteRenewal(ctx, wanted);
  putProrations(ctx, plan.prorations);
  if (plan.bills) {
    const invoice = draftBill(ctx, wanted, {
      items: plan.anew,
      billing_reason: "subscription_update",
      period_start: periodStart(before),
    });
    ctx.store.put("subscription", { ...wanted, latest_invoice: invoice.id });
    const pending = params.payment_behavior === "pending_if_incomplete";
    const billed = billNow(ctx, invoice, { pending });
    if (isRefusal(billed)) {
      if (params.payment_behavior === "error_if_incomplete")
        throw billed.refusal;
      if (pending) putPendingUpdate(ctx, { before, wanted, invoice, debits });
    }
  }
  const after = ctx.store.get("subscription", before.id) ?? wanted;
  return putSubscription(ctx, before, after);
}

export function changeOf(
  ctx: Context,
  before: Subscription,
  params: Pick<
    Update,
    "proration_behavior" | "proration_date" | "trial_end"
  > & {
    billing_cycle_anchor?: { type: string } | undefined;
    items?: ItemChange[] | undefined;
  },
): Change | null {
  const { items, billing_cycle_anchor, trial_end, proration_date } = params;
  const anchor = billing_cycle_anchor?.type === "now" ? "now" : undefined;
  if (!items?.length && !anchor && trial_end === undefined) return null;
  const now = ctx.clock.now();
  if (typeof trial_end === "number" && trial_end <= now)
    throw invalidRequest("The trial end date must be in the future.", {
      param: "trial_end",
    });
  if (
    proration_date !== undefined &&
    (proration_date < periodStart(before) || proration_date > periodEnd(before))
  )
    throw invalidRequest(
      "Cannot specify proration_date outside of current subscription period.",
      { param: "proration_date" },
    );
  return {
    items,
    anchor,
    trial_end,
    proration: params.proration_behavior ?? "create_prorations",
    at: proration_date ?? now,
  };
}

function withFields(
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

export function periodStart(subscription: Subscription): number {
  return Math.min(
    ...subscription.items.data.map((item) => item.current_period_start),
  );
}

function refuseWhenIncomplete(params: Update): void {
  const { metadata: _m, default_payment_method: _d, ...others } = params;
  if (Object.values(others).some((value) => value !== undefined))
    throw invalidRequest(
      "You can only update metadata and default_payment_method while a subscription is incomplete.",
    );
}

/** What may wait for a payment: nothing that takes effect by itself. */
const CAN_WAIT =
  `billing_cycle_anchor cancel_at_period_end discounts items metadata off_session
  payment_behavior proration_behavior proration_date trial_end`.split(/\s+/);

function refuseUnlessPending(before: Subscription, params: Update): void {
  const { collection_method } = before;
  if (collection_method !== "charge_automatically")
    throw invalidRequest(
      "`payment_behavior=pending_if_incomplete` can only be used with `collection_method=charge_automatically`.",
    );
  for (const [param, value] of Object.entries(params))
    if (value !== undefined && !CAN_WAIT.includes(param))
      throw invalidRequest(
        `Passing in the following parameters when payment_behavior is set to \`pending_if_incomplete\` is not supported: ${param}.`,
        { param },
      );
}

function refuseWhenEnded(params: Update): void {
  const {
    metadata: _metadata,
    cancellation_details: _details,
    ...others
  } = params;
  if (Object.values(others).some((value) => value !== undefined)) {
    throw invalidRequest(
      "A canceled subscription can only update its cancellation_details and metadata.",
    );
  }
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
