import { productName } from "@/lib/catalog/prices";
import { formatMoney } from "@/lib/platform/money";
import type { Terms } from "./payload";

/** "Pro", "Pro × 3 and Support". */
export function nameOf({ items }: Pick<Terms, "items">): string {
  const names = items.map(({ productId, quantity }) =>
    quantity === 1
      ? productName(productId)
      : `${productName(productId)} × ${quantity}`,
  );
  return new Intl.ListFormat("en-GB").format(names);
}

/** "$29.00 a month", "$290.00 a year and $15.00 every 3 months". */
export function priceOf({ currency, items }: Terms): string {
  const byInterval = new Map<string, bigint>();
  for (const { unitAmount, quantity, interval, intervalCount } of items) {
    if (unitAmount === null) continue;
    const every =
      intervalCount === 1
        ? `a ${interval}`
        : `every ${intervalCount} ${interval}s`;
    const key = interval ? every : "once";
    const sum = byInterval.get(key) ?? 0n;
    byInterval.set(key, sum + unitAmount * BigInt(quantity));
  }
  const sums = [...byInterval].map(
    ([every, amount]) => `${formatMoney({ amount, currency })} ${every}`,
  );
  return new Intl.ListFormat("en-GB").format(sums) || "as agreed";
}
