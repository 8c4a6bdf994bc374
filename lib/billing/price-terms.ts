import type Stripe from "stripe";
import type { Price } from "@/lib/catalog/prices";

/** Whether a price at Stripe charges exactly what the catalogue says, for exactly that product. */
export function sameTerms(candidate: Stripe.Price, price: Price): boolean {
  const { product, recurring } = candidate;
  const productId = typeof product === "string" ? product : product.id;
  return (
    productId === price.productId &&
    candidate.unit_amount === Number(price.amount) &&
    candidate.currency === price.currency &&
    (recurring?.interval ?? null) === price.interval &&
    (recurring?.interval_count ?? 1) === 1 &&
    (recurring?.meter ?? null) === price.meter
  );
}
