import { DAY } from "../calendar";
import type { Context } from "../context";
import { emit } from "../events";
import type { Invoice, Subscription } from "../objects";
import type { Alarm } from "../records";
import { settleDebit } from "./bank-debits";
import { openDispute } from "./disputes";
import { verifyTaxId, warnOfFraud } from "./hearsay";
import { settleRefund } from "./refunds";
import { setStatus, subscriptionOf, voidInvoice } from "./subscription-status";

const AHEAD = 3 * DAY;

/** Reminds three days before a trial's end, at once if the trial is shorter. */
export function noteTrial(ctx: Context, subscription: Subscription): void {
  const { id, trial_end, status } = subscription;
  if (status === "trialing" && trial_end)
    setAlarm(ctx, subscription, {
      id: `${id} trial_will_end`,
      at: Math.max(trial_end - AHEAD, ctx.clock.now()),
      rings: "trial_will_end",
    });
}

/** A sent invoice is overdue after its due date. */
export function noteDueDate(ctx: Context, open: Invoice): void {
  if (open.status === "open" && open.due_date)
    setAlarm(ctx, open, {
      id: `${open.id} overdue`,
      at: open.due_date,
      rings: "overdue",
    });
}

/** The invoice of a resumption is void unless it is paid by then. */
export function noteDeadline(ctx: Context, open: Invoice, at: number): void {
  setAlarm(ctx, open, { id: `${open.id} unpaid`, at, rings: "unpaid" });
}

function setAlarm(
  ctx: Context,
  about: { id: string; test_clock: string | null },
  alarm: Pick<Alarm, "at" | "id" | "rings">,
): void {
  const { id: of, test_clock } = about;
  ctx.store.put("alarm", { ...alarm, of, test_clock });
}

export function ring(ctx: Context, alarm: Alarm): void {
  ctx.store.remove("alarm", alarm.id);
  if (alarm.rings === "debit") return settleDebit(ctx, alarm.of);
  if (alarm.rings === "dispute") return openDispute(ctx, alarm.of);
  if (alarm.rings === "fraud_warning") return warnOfFraud(ctx, alarm.of);
  if (alarm.rings === "tax_id") return verifyTaxId(ctx, alarm.of);
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
