import { productName } from "@/lib/catalog/prices";
import type { OrderLine } from "@/lib/sync/put-order";

/** What was bought once, as a person reads it: "3 × Onboarding session", or what staff have called it. */
export function lineNames(order: {
  lines: unknown;
  description: string | null;
}): string[] {
  const known = order.lines as OrderLine[]; // putOrder wrote them
  if (known.length === 0) return [order.description ?? "Charge"];
  return known.map(({ productId, quantity }) =>
    quantity > 1
      ? `${quantity} × ${productName(productId)}`
      : productName(productId),
  );
}
