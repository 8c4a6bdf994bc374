import { getPrice, type Price } from "@/lib/catalog/prices";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { sameTerms } from "./price-terms";

type SaleItem = { price: Price; quantity: number };

/** What one checkout sells, with the group of which a tenant holds one open checkout. */
export type Sale = {
  mode: "subscription" | "payment";
  group: string;
  items: readonly SaleItem[];
};

/**
 * The catalogue's prices for what was asked. Throws unknown_price, or validation for a quantity over the
 * price's maximum and for items that cannot be bought together.
 */
export async function requireSale(
  requested: readonly { priceId: string; quantity: number }[],
): Promise<Sale> {
  const items = await Promise.all(requested.map(requireItem));
  const recurring = items.filter((item) => item.price.interval !== null);
  const groups = new Set(items.map((item) => item.price.group));
  // Two of one group would compete; two recurring ones would need an open checkout of each group.
  const mixed = recurring.length > 0 && items.length > 1;
  if (groups.size < items.length || mixed) {
    throw new AppError("validation", { param: "lineItems" });
  }
  return {
    mode: recurring.length > 0 ? "subscription" : "payment",
    group: [...groups].toSorted().join("+"),
    items,
  };
}

async function requireItem(input: {
  priceId: string;
  quantity: number;
}): Promise<SaleItem> {
  const price = getPrice(await lookupKeyOf(input.priceId));
  if (!price) throw new AppError("unknown_price", { param: "priceId" });
  if (input.quantity > price.maxQuantity)
    throw new AppError("validation", { param: "quantity" });
  return { price, quantity: input.quantity };
}

async function lookupKeyOf(priceId: string): Promise<string> {
  if (!/^price_\w+$/.test(priceId)) return priceId;
  try {
    const price = await stripe().prices.retrieve(priceId);
    return price.lookup_key ?? "";
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}

/**
 * The ids of the sale's prices at Stripe. Throws price_mismatch where Stripe would charge anything else
 * than the page has shown; `npm run stripe -- setup` mends that.
 */
export async function stripePrices(
  sale: Sale,
): Promise<{ stripePriceId: string; quantity: number }[]> {
  const lookupKeys = sale.items.map((item) => item.price.lookupKey);
  const found = await stripe().prices.list({
    lookup_keys: lookupKeys,
    active: true,
    limit: 100,
  });
  return sale.items.map(({ price, quantity }) => {
    const match = found.data.find(
      (candidate) => candidate.lookup_key === price.lookupKey,
    );
    if (!match || !sameTerms(match, price)) {
      log().error(
        { lookupKey: price.lookupKey },
        "catalogue and Stripe disagree about a price",
      );
      throw new AppError("price_mismatch");
    }
    return { stripePriceId: match.id, quantity };
  });
}
