import type { Context } from "../context";
import { invalidRequest, isRefusal } from "../errors";
import type { Subscription } from "../objects";
import { noteRenewal, noteTrial } from "./alarms";
import { billNow, draftBill, putProrations } from "./subscription-bill";
import {
  planChange,
  type Change,
  type ItemChange,
} from "./subscription-change";
import { putPendingUpdate } from "./subscription-pending";
import { periodEnd, putSubscription } from "./subscription-cancel";
import { withFields, type Update } from "./subscription-fields";

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
