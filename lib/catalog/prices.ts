import type { Money } from "@/lib/platform/money";
import {
  currency as defaultCurrency,
  oneTimeProducts,
  planGroup,
  plans,
  type Interval,
  type OneTimeProduct,
  type Plan,
  type PlanPrice,
  type Trial,
} from "./plans";

/** One thing a tenant may buy. `group` is what it may hold only one open checkout for. */
export type Price = {
  lookupKey: string;
  productId: string;
  productName: string;
  group: string;
  /** Minor units of the currency. */
  amount: bigint;
  currency: string;
  interval: Interval | null;
  /** The id of the meter that counts it; null for what is bought by quantity. */
  meter: string | null;
  minQuantity: number;
  maxQuantity: number;
  adjustable: boolean;
  trial: Trial | null;
  shipsTo: readonly string[];
  /** The name under which staff offered it to one tenant alone; null for a price of the catalogue. */
  offer: string | null;
};

const all: readonly Price[] = [
  ...plans.flatMap(planPrices),
  ...oneTimeProducts.map(productPrice),
];

function planPrices({ productId, name, prices, trial }: Plan): Price[] {
  if (!productId) return [];
  return prices.map((price) => ({
    lookupKey: price.lookupKey,
    productId,
    productName: name,
    group: planGroup,
    ...moneyOf(price),
    interval: price.interval,
    meter: price.meter ?? null,
    minQuantity: 1,
    maxQuantity: 1,
    adjustable: false,
    trial: trial ?? null,
    shipsTo: [],
    offer: null,
  }));
}

function productPrice(product: OneTimeProduct): Price {
  return {
    lookupKey: product.lookupKey,
    productId: product.productId,
    productName: product.name,
    group: product.key,
    ...moneyOf(product),
    interval: null,
    meter: null,
    minQuantity: product.minQuantity ?? 1,
    maxQuantity: product.maxQuantity,
    adjustable: product.adjustable ?? false,
    trial: null,
    shipsTo: product.shipsTo ?? [],
    offer: null,
  };
}

/** What one of it costs. */
export function moneyOf(price: Pick<PlanPrice, "amount" | "currency">): Money {
  return {
    amount: BigInt(price.amount),
    currency: price.currency ?? defaultCurrency,
  };
}

export function listPrices(): readonly Price[] {
  return all;
}

/** By lookup key; null for what is not for sale. Raw Stripe price ids are not for sale (hazard 27). */
export function getPrice(lookupKey: string): Price | null {
  return all.find((price) => price.lookupKey === lookupKey) ?? null;
}

/** The plan's or product's name for a Stripe product id; the id itself for one made outside the catalogue. */
export function productName(productId: string): string {
  return (
    all.find((price) => price.productId === productId)?.productName ?? productId
  );
}

export function productGroup(productId: string): string | null {
  return all.find((price) => price.productId === productId)?.group ?? null;
}
