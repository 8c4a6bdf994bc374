import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { syncCustomer } from "@/lib/sync/customer";
import { syncFraudWarning } from "@/lib/sync/fraud-warning";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncPayment } from "@/lib/sync/payment";
import { syncPaymentMethod } from "@/lib/sync/payment-method";
import type { AlarmCode } from "@/lib/platform/alarm";
import type { SyncCause, SyncResult } from "@/lib/sync/result";
import { syncSubscription } from "@/lib/sync/subscription";
import { syncEndingTrial } from "@/lib/sync/trial-ending";
import type { Reference, StripeEvent } from "./event";

type Sync = (id: string, cause: SyncCause) => Promise<SyncResult>;

/**
 * What is fetched, and by which id of the event's object: its own where none is named. `alarm`: a person
 * should look as well.
 */
type Handler = { sync: Sync; by?: Reference; alarm?: AlarmCode; why: string };

const session = (why: string) => ({ sync: syncCheckoutSession, why });
const customer = (why: string) => ({ sync: syncCustomer, why });
const subscription = (why: string) => ({ sync: syncSubscription, why });
const invoice = (why: string) => ({ sync: syncInvoice, why });
const payment = (why: string) => ({ sync: syncPayment, why });
const method = (why: string) => ({ sync: syncPaymentMethod, why });

/** Event type → what is fetched and stored, and why we listen. docs/events.md is made from this table. */
export const handlers: Readonly<Record<string, Handler>> = {
  "checkout.session.completed": session(
    "The buyer has finished, whichever page the browser is on.",
  ),
  "checkout.session.async_payment_succeeded": session(
    "A delayed payment method has its money.",
  ),
  "checkout.session.async_payment_failed": session(
    "A delayed payment method never will have it.",
  ),
  "checkout.session.expired": session(
    "The workspace may begin another checkout.",
  ),

  "customer.created": customer("A creation whose answer was lost is found."),
  "customer.updated": customer(
    "Name, address and default payment method change in the portal.",
  ),
  "customer.deleted": customer("The next purchase makes a new one."),
  "customer.tax_id.created": {
    ...customer("Tax ids change in the portal."),
    by: "customer",
  },
  "customer.tax_id.updated": {
    ...customer("A tax id was verified, or refused."),
    by: "customer",
  },
  "customer.tax_id.deleted": {
    ...customer("Tax ids change in the portal."),
    by: "customer",
  },

  "customer.subscription.created": subscription("Access begins."),
  "customer.subscription.updated": subscription(
    "Plan, quantity, period or status has changed.",
  ),
  "customer.subscription.deleted": subscription("Access ends."),
  "customer.subscription.paused": subscription(
    "A trial ended without a payment method.",
  ),
  "customer.subscription.resumed": subscription("It goes on after a pause."),
  "customer.subscription.trial_will_end": {
    sync: syncEndingTrial,
    why: "Three days are left; people are told.",
  },
  "customer.subscription.pending_update_applied": subscription(
    "A change that waited for its payment has happened.",
  ),
  "customer.subscription.pending_update_expired": subscription(
    "A change was never paid and did not happen.",
  ),
  "subscription_schedule.created": {
    ...subscription("A change is planned."),
    by: "subscription",
  },
  "subscription_schedule.updated": {
    ...subscription("A planned change has changed."),
    by: "subscription",
  },
  "subscription_schedule.released": {
    ...subscription("A planned change was called off."),
    by: "subscription",
  },
  "subscription_schedule.canceled": {
    ...subscription("A planned change was called off."),
    by: "subscription",
  },
  "subscription_schedule.completed": {
    ...subscription("A planned change has happened."),
    by: "subscription",
  },
  "subscription_schedule.aborted": {
    ...subscription("A planned change failed."),
    by: "subscription",
  },

  "invoice.created": invoice("Drafts become visible to support."),
  "invoice.finalized": invoice(
    "It has a number and is due; the oldest unpaid one decides when grace ends.",
  ),
  "invoice.finalization_failed": {
    ...invoice("It will never be charged as it is."),
    alarm: "finalization_failed",
  },
  "invoice.paid": invoice(
    "Also for nothing to pay, credit, or payment elsewhere (hazard 88).",
  ),
  "invoice.payment_succeeded": invoice(
    "Named by older guides; the same fetch.",
  ),
  "invoice.payment_failed": invoice(
    "People are told, and when it is tried again.",
  ),
  "invoice.payment_action_required": invoice(
    "The bank wants the buyer's confirmation.",
  ),
  "invoice.payment_attempt_required": invoice("It waits for a payment method."),
  "invoice.updated": invoice("The next attempt or the amount has moved."),
  "invoice.voided": invoice("It is owed no more."),
  "invoice.marked_uncollectible": invoice("It was given up."),
  "invoice.overdue": invoice("It is past its due date."),
  "invoice_payment.paid": {
    ...invoice("One of its payments has arrived."),
    by: "invoice",
  },
  "credit_note.created": {
    ...invoice("Part of it was taken back."),
    by: "invoice",
  },
  "credit_note.updated": {
    ...invoice("Part of it was taken back."),
    by: "invoice",
  },
  "credit_note.voided": {
    ...invoice("What was taken back is owed again."),
    by: "invoice",
  },

  "payment_intent.succeeded": payment("Money has come."),
  "payment_intent.payment_failed": payment("It was declined, and why."),
  "payment_intent.processing": payment("A delayed method is under way."),
  "payment_intent.requires_action": payment("The buyer must confirm it."),
  "payment_intent.canceled": payment("It will not be paid."),
  "charge.succeeded": {
    ...payment("Its receipt is there."),
    by: "payment_intent",
  },
  "charge.failed": {
    ...payment("It was declined, and why."),
    by: "payment_intent",
  },
  "charge.updated": {
    ...payment("Its refunds or disputes have changed."),
    by: "payment_intent",
  },
  "charge.refunded": { ...payment("Money goes back."), by: "payment_intent" },
  "refund.created": { ...payment("Money goes back."), by: "payment_intent" },
  "refund.updated": {
    ...payment("A refund arrived, or has a reference."),
    by: "payment_intent",
  },
  "refund.failed": {
    ...payment("The money stayed here."),
    by: "payment_intent",
  },
  "charge.dispute.created": {
    ...payment("The buyer's bank claims the money back; evidence has a date."),
    by: "payment_intent",
  },
  "charge.dispute.updated": {
    ...payment("A dispute goes on."),
    by: "payment_intent",
  },
  "charge.dispute.closed": {
    ...payment("A dispute is won or lost."),
    by: "payment_intent",
  },
  "charge.dispute.funds_withdrawn": {
    ...payment("The disputed money is gone for now."),
    by: "payment_intent",
  },
  "charge.dispute.funds_reinstated": {
    ...payment("The disputed money is back."),
    by: "payment_intent",
  },
  "radar.early_fraud_warning.created": {
    sync: syncFraudWarning,
    why: "The card's network suspects fraud.",
    by: "payment_intent",
    alarm: "fraud_warning",
  },

  "payment_method.attached": method("It can be charged from now on."),
  "payment_method.detached": method("It cannot be charged any more."),
  "payment_method.updated": method("Its expiry has changed."),
  "payment_method.automatically_updated": method(
    "The card's network has replaced it (hazard 87).",
  ),
  "setup_intent.succeeded": {
    ...method("It was saved for later."),
    by: "payment_method",
  },
};

/** What the webhook endpoint must be subscribed to. */
export const handledEvents: readonly string[] = Object.keys(handlers);

/** Own names only, so that no type can name a prototype. */
export function handlerFor(type: string): Handler | undefined {
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined;
}

/** The id of what the event is about; null where it names none. */
export function objectOf({
  type,
  data: { object },
}: StripeEvent): string | null {
  return object[handlerFor(type)?.by ?? "id"] ?? null;
}

/**
 * The types that are answered by the same function as this one: one call answers all of them, but for those
 * that also call for a person.
 */
export function typesLike(type: string): string[] {
  const sync = handlerFor(type)?.sync;
  return handledEvents.filter((other) => {
    const handler = handlerFor(other);
    return handler?.sync === sync && !handler?.alarm;
  });
}
