import type Stripe from "stripe";
import { planGroup, type Interval, type Trial } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { sameTerms } from "./price-terms";

/** `quantity` is null for what a meter counts. */
type SaleItem = { price: Price; quantity: number | null };

/** What one checkout sells. */
export type Sale = {
  mode: "subscription" | "payment" | "setup";
  /** Of this a tenant holds one open checkout. */
  group: string;
  /** Of these it holds one live subscription. */
  recurringGroups: readonly string[];
  trial: Trial | null;
  shipsTo: readonly string[];
  items: readonly SaleItem[];
};

/**
 * The prices of what was asked, out of those that this tenant may buy. Throws unknown_price, or validation for
 * a quantity outside the price's bounds and for items that cannot be bought together.
 */
export async function requireSale(
  ctx: { tenantId: string },
  requested: readonly { priceId: string; quantity?: number | undefined }[],
): Promise<Sale> {
  const buyable = await buyablePrices(ctx);
  return saleOf(
    await Promise.all(requested.map((item) => requireItem(buyable, item))),
  );
}

/**
 * Items of one checkout are paid in one currency, those of a subscription in one rhythm. Two of one group
 * would compete; only what a meter counts may stand beside the price it belongs to.
 */
export function saleOf(items: readonly SaleItem[]): Sale {
  const recurring = items.filter(({ price }) => price.interval !== null);
  const chosen = items.filter(({ price }) => price.meter === null);
  const groups = [...new Set(items.map(({ price }) => price.group))];
  const rhythms = new Set(recurring.map(({ price }) => price.interval));
  const currencies = new Set(items.map(({ price }) => price.currency));
  const keys = new Set(items.map(({ price }) => price.lookupKey));
  const competing =
    new Set(chosen.map(({ price }) => price.group)).size < chosen.length;
  if (
    competing ||
    rhythms.size > 1 ||
    currencies.size > 1 ||
    keys.size < items.length
  )
    throw new AppError("validation", { param: "lineItems" });
  return {
    mode: recurring.length > 0 ? "subscription" : "payment",
    group: groups.includes(planGroup) ? planGroup : groups.toSorted().join("+"),
    recurringGroups: [...new Set(recurring.map(({ price }) => price.group))],
    trial: recurring.find(({ price }) => price.trial)?.price.trial ?? null,
    shipsTo: [...new Set(items.flatMap(({ price }) => price.shipsTo))],
    items,
  };
}

async function requireItem(
  buyable: readonly Price[],
  input: { priceId: string; quantity?: number | undefined },
): Promise<SaleItem> {
  const lookupKey = await lookupKeyOf(input.priceId);
  const price = buyable.find((one) => one.lookupKey === lookupKey);
  if (!price) throw new AppError("unknown_price", { param: "priceId" });
  const invalid = new AppError("validation", { param: "quantity" });
  if (price.meter !== null) {
    if (input.quantity !== undefined) throw invalid;
    return { price, quantity: null };
  }
  const quantity = input.quantity ?? price.minQuantity;
  if (quantity < price.minQuantity || quantity > price.maxQuantity)
    throw invalid;
  return { price, quantity };
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
) & {
  quantity: number | null;
  /** Within what the buyer can still change the quantity. */
  adjustable: { minimum: number; maximum: number } | null;
};

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
    adjustable: price.adjustable
      ? { minimum: price.minQuantity, maximum: price.maxQuantity }
      : null,
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
