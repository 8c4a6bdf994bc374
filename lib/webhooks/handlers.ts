import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { syncCustomer } from "@/lib/sync/customer";
import { syncInvoice } from "@/lib/sync/invoice";
import type { SyncCause, SyncResult } from "@/lib/sync/result";
import { syncSubscription } from "@/lib/sync/subscription";

type Sync = (id: string, cause: SyncCause) => Promise<SyncResult>;

/** Event type → what is fetched and stored because of it. A Map, so that no type can name a prototype. */
const handlers: ReadonlyMap<string, Sync> = new Map([
  // The buyer has finished: what the session made is stored, whichever page the browser is on.
  ["checkout.session.completed", syncCheckoutSession],
  // A delayed payment method has its money, or never will.
  ["checkout.session.async_payment_succeeded", syncCheckoutSession],
  ["checkout.session.async_payment_failed", syncCheckoutSession],
  // The tenant's slot for a checkout is free again.
  ["checkout.session.expired", syncCheckoutSession],
  // Name, email and default card may change in the portal; a deleted customer frees the tenant's slot.
  ["customer.created", syncCustomer],
  ["customer.updated", syncCustomer],
  ["customer.deleted", syncCustomer],
  // Access depends on these.
  ["customer.subscription.created", syncSubscription],
  ["customer.subscription.updated", syncSubscription],
  ["customer.subscription.deleted", syncSubscription],
  ["customer.subscription.paused", syncSubscription],
  ["customer.subscription.resumed", syncSubscription],
  // The billing page lists invoices, and the oldest unpaid one decides when grace ends.
  ["invoice.finalized", syncInvoice],
  ["invoice.paid", syncInvoice],
  ["invoice.payment_succeeded", syncInvoice],
  ["invoice.payment_failed", syncInvoice],
  ["invoice.payment_action_required", syncInvoice],
  ["invoice.updated", syncInvoice],
  ["invoice.voided", syncInvoice],
  ["invoice.marked_uncollectible", syncInvoice],
]);

/** What the webhook endpoint must be subscribed to. */
export const handledEvents: readonly string[] = [...handlers.keys()];

export function handlerFor(type: string): Sync | undefined {
  return handlers.get(type);
}

/** The types that are answered by the same function as this one: one call answers all of them. */
export function typesLike(type: string): string[] {
  const sync = handlers.get(type);
  return handledEvents.filter((other) => handlers.get(other) === sync);
}
