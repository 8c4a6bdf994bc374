import { DAY } from "../calendar";
import type { Context } from "../context";
import type { Invoice, Subscription } from "../objects";
import type { Alarm } from "../records";
import { billingSettings } from "./billing-settings";
import { periodEnd } from "./subscription-cancel";

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

/** Tells of the next renewal some days before; never of one that is nearer than that, nor of invoices that are sent. */
export function noteRenewal(ctx: Context, subscription: Subscription): void {
  const { collection_method, id } = subscription;
  const at = renewalTold(ctx, subscription);
  if (collection_method === "charge_automatically" && at > ctx.clock.now())
    setAlarm(ctx, subscription, {
      id: `${id} upcoming`,
      at,
      rings: "upcoming",
    });
}

export function renewalTold(ctx: Context, subscription: Subscription): number {
  return periodEnd(subscription) - billingSettings(ctx).upcoming_days * DAY;
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
