import type Stripe from "stripe";
import { idOf, recurringPrice, subscribed, type Bench } from "./support";

export const RETURN_URL = "http://shop.test/billing";
export type Flow = Stripe.BillingPortal.SessionCreateParams.FlowData;

/** A subscription on Pro, and a portal that lets it become Business. */
export async function offered(
  bench: Bench,
  given: Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionUpdate = {
    enabled: true,
  },
) {
  const subscription = await subscribed(bench);
  const [item] = subscription.items.data;
  if (!item) throw new Error("no item");
  const business = await recurringPrice(bench, { unit_amount: 9900 });
  const configuration = await bench.stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["email"] },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true },
      subscription_update: {
        default_allowed_updates: ["price", "quantity"],
        products: [
          { product: idOf(item.price.product), prices: [item.price.id] },
          {
            product: idOf(business.product),
            prices: [business.id],
            adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
          },
        ],
        ...given,
      },
    },
  });
  const open = (flow_data?: Flow) =>
    bench.stripe.billingPortal.sessions.create({
      customer: idOf(subscription.customer),
      configuration: configuration.id,
      return_url: RETURN_URL,
      ...(flow_data && { flow_data }),
    });
  return { subscription, item, business, configuration, open };
}
