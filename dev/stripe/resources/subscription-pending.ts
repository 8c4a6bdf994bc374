import { HOUR } from "../calendar";
import type { Context } from "../context";
import { emit } from "../events";
import type { Invoice, Subscription } from "../objects";
import type { Debit } from "../records";
import { noteDebit } from "./invoice-lines";
import { withItems } from "./subscription-change";

/** Keeps the subscription as it was, and the change beside it until its invoice is paid. */
export function putPendingUpdate(
  ctx: Context,
  given: {
    before: Subscription;
    wanted: Subscription;
    invoice: Invoice;
    debits: Debit[];
  },
): Subscription {
  const { before, wanted, invoice } = given;
  for (const debit of given.debits) ctx.store.put("debit", debit);
  const ends = before.items.data.map((item) => item.current_period_end);
  const waiting: Subscription = {
    ...before,
    latest_invoice: invoice.id,
    pending_update: {
      billing_cycle_anchor: wanted.billing_cycle_anchor,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: Math.min(
        ctx.clock.now() + 23 * HOUR,
        before.trial_end ?? Infinity,
        ...ends,
      ),
      metadata: null,
      subscription_items: wanted.items.data,
      trial_end: wanted.trial_end,
      trial_from_plan: null,
    },
  };
  ctx.store.put("subscription", waiting);
  return waiting;
}

/** Its invoice was paid: the change happens now. */
export function applyPendingUpdate(
  ctx: Context,
  before: Subscription,
  invoice: Invoice,
): Subscription {
  const change = before.pending_update;
  if (!change) return before;
  const items = change.subscription_items ?? before.items.data;
  const after: Subscription = {
    ...withItems(before, items),
    billing_cycle_anchor:
      change.billing_cycle_anchor ?? before.billing_cycle_anchor,
    pending_update: null,
    trial_end: change.trial_end ?? before.trial_end,
  };
  ctx.store.put("subscription", after);
  for (const line of invoice.lines.data) noteDebit(ctx, line);
  emit(ctx, "customer.subscription.updated", after, before);
  emit(ctx, "customer.subscription.pending_update_applied", after);
  return after;
}

/** It was not paid in time, or called off by voiding its invoice: nothing changes. */
export function dropPendingUpdate(
  ctx: Context,
  before: Subscription,
): Subscription {
  const after: Subscription = { ...before, pending_update: null };
  ctx.store.put("subscription", after);
  emit(ctx, "customer.subscription.pending_update_expired", after);
  return after;
}
