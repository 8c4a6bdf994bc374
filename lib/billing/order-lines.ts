import { productName } from "@/lib/catalog/prices";
import type { OrderLine } from "@/lib/sync/order";

/** What was bought once, as a person reads it: "3 × Onboarding session". */
export function lineNames(lines: unknown): string[] {
  const known = lines as OrderLine[]; // saveOrder wrote them
  return known.map(({ productId, quantity }) =>
    quantity > 1
      ? `${quantity} × ${productName(productId)}`
      : productName(productId),
  );
}
