import { z } from "zod";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import { rowId } from "@/lib/platform/text";

/** Of GET /api/prices. */
export const priceListRequest = z.strictObject({ tenantId: rowId.optional() });

/** Everything that this tenant may buy now, its own offers first; on one page. */
export async function priceList({ tenantId }: { tenantId: string }) {
  const prices = await buyablePrices({ tenantId });
  return {
    data: prices.map((price) => ({
      lookupKey: price.lookupKey,
      productId: price.productId,
      productName: price.productName,
      amount: String(price.amount),
      currency: price.currency,
      interval: price.interval,
      minQuantity: price.minQuantity,
      maxQuantity: price.maxQuantity,
      trialDays: price.trial?.days ?? null,
      offer: price.offer,
    })),
    older: null,
  };
}
