import type { Context } from "../context";
import { emit } from "../events";
import type { Alarm } from "../records";
import { noteRenewal, renewalTold } from "./alarms";
import { settleDebit } from "./bank-debits";
import { openDispute } from "./disputes";
import { verifyTaxId, warnOfFraud } from "./hearsay";
import { upcomingInvoice } from "./invoice-preview";
import { settleRefund } from "./refunds";
import { setStatus, subscriptionOf, voidInvoice } from "./subscription-status";

/** What an alarm was set for happens now, and once. */
export function ring(ctx: Context, alarm: Alarm): void {
  ctx.store.remove("alarm", alarm.id);
  if (alarm.rings === "debit") return settleDebit(ctx, alarm.of);
  if (alarm.rings === "dispute") return openDispute(ctx, alarm.of);
  if (alarm.rings === "fraud_warning") return warnOfFraud(ctx, alarm.of);
  if (alarm.rings === "tax_id") return verifyTaxId(ctx, alarm.of);
  if (alarm.rings === "upcoming") return announceRenewal(ctx, alarm.of);
  if (alarm.rings === "refund") return settleRefund(ctx, alarm.of);
  const subscription = ctx.store.get("subscription", alarm.of);
  if (subscription?.status === "trialing")
    emit(ctx, "customer.subscription.trial_will_end", subscription);
  const invoice = ctx.store.get("invoice", alarm.of);
  if (invoice?.status !== "open") return;
  if (alarm.rings === "unpaid") {
    voidInvoice(ctx, invoice);
    return;
  }
  emit(ctx, "invoice.overdue", invoice);
  const late = subscriptionOf(ctx, invoice);
  if (late?.status === "active") setStatus(ctx, late, "past_due");
}

/** The invoice as it would be made, without an id: it is not there yet. */
function announceRenewal(ctx: Context, id: string): void {
  const subscription = ctx.store.get("subscription", id);
  if (!subscription || subscription.cancel_at !== null) return;
  if (!["active", "past_due", "trialing"].includes(subscription.status)) return;
  if (renewalTold(ctx, subscription) > ctx.clock.now())
    return noteRenewal(ctx, subscription);
  const { id: _none, ...invoice } = upcomingInvoice(ctx, subscription);
  emit(ctx, "invoice.upcoming", invoice);
}
