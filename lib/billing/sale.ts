import type Stripe from "stripe";
import type { Interval } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
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
 * The prices of what was asked, out of those that this tenant may buy. Throws unknown_price, or validation for
 * a quantity over the price's maximum and for items that cannot be bought together.
 */
export async function requireSale(
  ctx: { tenantId: string },
  requested: readonly { priceId: string; quantity: number }[],
): Promise<Sale> {
  const buyable = await buyablePrices(ctx);
  const items = await Promise.all(
    requested.map((item) => requireItem(buyable, item)),
  );
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

async function requireItem(
  buyable: readonly Price[],
  input: { priceId: string; quantity: number },
): Promise<SaleItem> {
  const lookupKey = await lookupKeyOf(input.priceId);
  const price = buyable.find((one) => one.lookupKey === lookupKey);
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

/** A price that Stripe has, or the terms of one that staff offered, which Stripe makes a price of. */
export type SaleLine = (
  | { price: string }
  | {
      price_data: {
        product: string;
        currency: string;
        unit_amount: number;
        recurring?: { interval: Interval };
      };
    }
) & { quantity: number };

/**
 * What Stripe is told to charge. Throws price_mismatch where it would charge anything else than the page has
 * shown; `npm run stripe -- setup` mends that.
 */
export async function saleLines(sale: Sale): Promise<SaleLine[]> {
  const lookupKeys = sale.items
    .filter(({ price }) => price.offer === null)
    .map(({ price }) => price.lookupKey);
  const found = lookupKeys.length > 0 ? await findPrices(lookupKeys) : [];
  return sale.items.map(({ price, quantity }) => ({
    ...(price.offer === null ? requirePrice(found, price) : offered(price)),
    quantity,
  }));
}

async function findPrices(lookupKeys: string[]): Promise<Stripe.Price[]> {
  const { data } = await stripe().prices.list({
    lookup_keys: lookupKeys,
    active: true,
    limit: 100,
  });
  return data;
}

function requirePrice(found: readonly Stripe.Price[], price: Price) {
  const { lookupKey } = price;
  const match = found.find((candidate) => candidate.lookup_key === lookupKey);
  if (match && sameTerms(match, price)) return { price: match.id };
  log().error({ lookupKey }, "catalogue and Stripe disagree about a price");
  throw new AppError("price_mismatch");
}

function offered({ productId, currency, amount, interval }: Price) {
  return {
    price_data: {
      product: productId,
      currency,
      unit_amount: Number(amount),
      ...(interval && { recurring: { interval } }),
    },
  };
}
