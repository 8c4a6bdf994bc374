import type { Context } from "../context";
import type {
  PortalConfiguration,
  Price,
  Subscription,
  SubscriptionItem,
} from "../objects";

/** A price the portal lets this subscription have, and how many of it. */
export type Offer = {
  price: Price;
  name: string;
  quantity: { minimum: number; maximum: number } | null;
};

/** The one item the portal may change; null where it can only cancel. */
export function changeableItem(
  subscription: Subscription,
): SubscriptionItem | null {
  const [item, ...others] = subscription.items.data;
  const fixed =
    others.length > 0 ||
    subscription.collection_method === "send_invoice" ||
    subscription.schedule !== null ||
    item?.price.recurring?.usage_type === "metered" ||
    !["active", "trialing", "past_due"].includes(subscription.status);
  return fixed || !item ? null : item;
}

/** The current price first, then what the configuration offers in the same currency. */
export function offersOf(
  ctx: Context,
  configuration: PortalConfiguration,
  item: SubscriptionItem,
): Offer[] {
  const feature = configuration.features.subscription_update;
  if (!feature.enabled) return [];
  const allowed = feature.default_allowed_updates;
  const offers = (feature.products ?? []).flatMap((product) => {
    const { enabled, minimum, maximum } = product.adjustable_quantity;
    const counted = allowed.includes("quantity");
    return product.prices.flatMap((id): Offer[] => {
      const price = ctx.store.get("price", id);
      if (!price || price.currency !== item.price.currency) return [];
      if (price.id !== item.price.id) {
        if (!price.active || !allowed.includes("price")) return [];
      }
      return [
        {
          price,
          name: ctx.store.get("product", price.product)?.name ?? price.id,
          quantity:
            counted && enabled
              ? { minimum, maximum: maximum ?? 999_999 }
              : null,
        },
      ];
    });
  });
  const isCurrent = (offer: Offer) => offer.price.id === item.price.id;
  return [
    ...offers.filter(isCurrent),
    ...offers.filter((one) => !isCurrent(one)),
  ];
}

/** Why this price and quantity cannot be had; undefined when they can. */
export function offerError(
  offers: Offer[],
  item: SubscriptionItem,
  wanted: { price: string; quantity: number },
): string | undefined {
  const offer = offers.find(({ price }) => price.id === wanted.price);
  if (!offer) return "This plan is not offered.";
  if (wanted.quantity === item.quantity) return undefined;
  if (!offer.quantity) return "The quantity of this plan cannot be changed.";
  const { minimum, maximum } = offer.quantity;
  const fits = wanted.quantity >= minimum && wanted.quantity <= maximum;
  return fits ? undefined : `Choose a quantity from ${minimum} to ${maximum}.`;
}
