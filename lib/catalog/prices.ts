import {
  currency,
  oneTimeProducts,
  planGroup,
  plans,
  type Interval,
  type OneTimeProduct,
  type Plan,
} from "./plans";

/** One thing a tenant may buy. `group` is what it may hold only one open checkout for. */
export type Price = {
  lookupKey: string;
  productId: string;
  productName: string;
  group: string;
  amount: bigint;
  currency: string;
  interval: Interval | null;
  maxQuantity: number;
  /** The name under which staff offered it to one tenant alone; null for a price of the catalogue. */
  offer: string | null;
};

const all: readonly Price[] = [
  ...plans.flatMap(planPrices),
  ...oneTimeProducts.map(productPrice),
];

function planPrices({ productId, name, prices }: Plan): Price[] {
  if (!productId) return [];
  return prices.map(({ lookupKey, amount, interval }) => ({
    lookupKey,
    productId,
    productName: name,
    group: planGroup,
    amount: BigInt(amount),
    currency,
    interval,
    maxQuantity: 1,
    offer: null,
  }));
}

function productPrice(product: OneTimeProduct): Price {
  return {
    lookupKey: product.lookupKey,
    productId: product.productId,
    productName: product.name,
    group: product.key,
    amount: BigInt(product.amount),
    currency,
    interval: null,
    maxQuantity: product.maxQuantity,
    offer: null,
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
