import type { Context } from "../context";
import { cardError } from "../errors";
import { emit } from "../events";
import type { Customer } from "../objects";
import { updateCustomer } from "../resources/customers";
import {
  cardFailure,
  createCard,
  type CardEntry,
} from "../resources/saved-cards";
import { putSetupIntent } from "../resources/setup-intents";
import { putSubscription } from "../resources/subscription-cancel";

/** Saves a new card as the default of the customer and of the live subscriptions. Throws what the bank refuses. */
export function saveCard(
  ctx: Context,
  customer: Customer,
  entry: CardEntry,
): void {
  const created = createCard(ctx, { ...entry, email: customer.email });
  const failure = cardFailure(ctx, created.id, "onSave");
  if (failure) throw cardError(failure);
  const method = { ...created, customer: customer.id };
  ctx.store.put("payment_method", method);
  const intent = putSetupIntent(ctx, {
    customer: customer.id,
    payment_method: method.id,
  });
  emit(ctx, "setup_intent.created", intent);
  emit(ctx, "payment_method.attached", method);
  emit(ctx, "setup_intent.succeeded", intent);
  makeDefault(ctx, customer, method.id);
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
