import type { Context } from "../context";
import { emit } from "../events";
import type { Customer } from "../objects";
import { updateCustomer } from "../resources/customers";
import { createCard, type CardEntry } from "../resources/saved-cards";
import { confirmSetup, newSetupIntent } from "../resources/setup-attempt";
import { putSubscription } from "../resources/subscription-cancel";

/**
 * Saves a new card as the default of the customer and of the live subscriptions. Returns the bank's
 * address when it asks first; throws what it refuses.
 */
export function saveCard(
  ctx: Context,
  customer: Customer,
  entry: CardEntry & { return_url: string },
): { challenge?: string } {
  const card = createCard(ctx, { ...entry, email: customer.email });
  const created = newSetupIntent(ctx, { customer: customer.id });
  emit(ctx, "setup_intent.created", created);
  const { return_url } = entry;
  const { intent, refusal } = confirmSetup(ctx, created, card, { return_url });
  if (refusal) throw refusal;
  const challenge = intent.next_action?.redirect_to_url?.url;
  if (challenge) return { challenge };
  makeDefault(ctx, customer, card.id);
  return {};
}

export function makeDefault(
  ctx: Context,
  customer: Customer,
  method: string,
): void {
  updateCustomer(ctx, customer, {
    invoice_settings: {
      ...customer.invoice_settings,
      default_payment_method: method,
    },
  });
  const by = { index: "customer", key: customer.id };
  for (const subscription of ctx.store.all("subscription", by)) {
    if (subscription.ended_at !== null) continue;
    putSubscription(ctx, subscription, {
      ...subscription,
      default_payment_method: method,
    });
  }
}
