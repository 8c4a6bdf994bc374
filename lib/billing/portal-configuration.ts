import type Stripe from "stripe";
import { stripe } from "@/lib/platform/stripe";

/**
 * By this ours are found again: an account may hold others, made in the Dashboard. The second is for a
 * workspace from which a plan's price is hidden, and which could switch to it in the first.
 */
export const portalKinds = ["portal", "portal_without_switch"] as const;
export type PortalKind = (typeof portalKinds)[number];

/**
 * What the customer portal lets people do; pure. `products` are the plans that may be switched between, with
 * their prices at Stripe. A switch is settled at once, so that the next charge is always the plan's price.
 */
export function portalConfiguration(
  products: readonly { productId: string; stripePriceIds: readonly string[] }[],
  kind: PortalKind = "portal",
): Stripe.BillingPortal.ConfigurationCreateParams {
  return {
    name: kind === "portal" ? "Turnpike" : "Turnpike, without switching plans",
    metadata: { turnpike: kind },
    features: {
      customer_update: {
        enabled: true,
        allowed_updates: ["email", "address", "phone", "tax_id"],
      },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: "at_period_end",
        cancellation_reason: {
          enabled: true,
          options: [
            "too_expensive",
            "missing_features",
            "switched_service",
            "unused",
            "customer_service",
            "too_complex",
            "low_quality",
            "other",
          ],
        },
      },
      subscription_update:
        kind === "portal" ? switchBetween(products) : { enabled: false },
    },
  };
}

function switchBetween(
  products: readonly { productId: string; stripePriceIds: readonly string[] }[],
): Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionUpdate {
  return {
    enabled: true,
    default_allowed_updates: ["price"],
    proration_behavior: "always_invoice",
    products: products.map(({ productId, stripePriceIds }) => ({
      product: productId,
      prices: [...stripePriceIds],
    })),
  };
}

/** The id of our configuration at Stripe; null until `npm run stripe -- setup` has made it. */
export async function findPortalConfiguration(
  kind: PortalKind,
): Promise<string | null> {
  const all = stripe().billingPortal.configurations.list({
    active: true,
    limit: 100,
  });
  for await (const { id, metadata } of all) {
    if (metadata?.["turnpike"] === kind) return id;
  }
  return null;
}
