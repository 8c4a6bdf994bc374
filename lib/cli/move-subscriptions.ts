import type Stripe from "stripe";
import { stripe } from "@/lib/platform/stripe";

/** Where a subscription stands on a price that is no longer sold. */
export type Left = { id: string; itemId: string; scheduled: boolean };

/** Every subscription that will renew at one of these prices. */
export async function subscriptionsOn(
  priceIds: readonly string[],
): Promise<Left[]> {
  const left: Left[] = [];
  for (const price of priceIds) {
    const list = stripe().subscriptions.list({ price, limit: 100 });
    for await (const subscription of list)
      left.push(...itemsOn(subscription, price));
  }
  return left;
}

function itemsOn(
  { id, status, schedule, items }: Stripe.Subscription,
  price: string,
): Left[] {
  if (status.startsWith("incomplete")) return []; // its first payment decides whether it lives
  return items.data
    .filter((item) => item.price.id === price)
    .map((item) => ({ id, itemId: item.id, scheduled: schedule !== null }));
}

/**
 * Puts each on the new price without charging or crediting anything now: the next renewal is the first that
 * costs it. Repeatable. One with a planned change keeps its own; says which.
 */
export async function moveSubscriptions(
  left: readonly Left[],
  priceId: string,
): Promise<string[]> {
  const kept: string[] = [];
  for (const { id, itemId, scheduled } of left) {
    if (scheduled) {
      kept.push(`  ${id} has a planned change and stays as it is.`);
      continue;
    }
    await stripe().subscriptions.update(id, {
      items: [{ id: itemId, price: priceId }],
      proration_behavior: "none",
    });
  }
  return kept;
}
