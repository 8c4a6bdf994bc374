import type { Context } from "../context";
import type { Params } from "../contract/params";
import type { Subscription } from "../objects";
import { pendingItems } from "./pending-items";
import { billNow, draftBill, putProrations } from "./subscription-bill";
import { cancelNow } from "./subscription-cancel";
import { unusedTime } from "./subscription-proration";

/** Ends it at once; unused time is only credited, and what is pending only billed, when asked to. */
export function cancelSubscription(
  ctx: Context,
  before: Subscription,
  params: Params<"subscriptions.cancel">,
): Subscription {
  if (params.prorate && before.status !== "trialing")
    putProrations(ctx, unusedTime(ctx, before, ctx.clock.now()));
  const canceled = cancelNow(ctx, before, params.cancellation_details ?? {});
  const pending = pendingItems(ctx, before.customer, before.id);
  if (!params.invoice_now || pending.length === 0) return canceled;
  const draft = draftBill(ctx, canceled, {
    items: [],
    billing_reason: "subscription_update",
  });
  billNow(ctx, draft);
  const after = { ...canceled, latest_invoice: draft.id };
  ctx.store.put("subscription", after);
  return after;
}
