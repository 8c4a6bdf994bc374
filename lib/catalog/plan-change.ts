import { plans } from "./plans";
import { listPrices, type Price } from "./prices";

/** When a change between two prices happens: at once, or when what is paid for has run out. */
export type ChangeTime = "now" | "period_end";

/**
 * What the catalogue allows: a higher plan begins now, a lower one when the paid period is over; of one plan,
 * the longer period begins now. Null for what cannot be changed into one another.
 */
export function changeTime(from: Price, to: Price): ChangeTime | null {
  if (from.group !== to.group || !from.interval || !to.interval) return null;
  if (from.lookupKey === to.lookupKey || from.currency !== to.currency)
    return null;
  const step = rank(to) - rank(from);
  if (step !== 0) return step > 0 ? "now" : "period_end";
  return to.interval === "year" ? "now" : "period_end";
}

/**
 * The catalogue's price of this product and period, at what the item really costs; null for one that was made
 * outside of it.
 */
export function priceOfItem(item: {
  productId: string;
  interval: string | null;
  unitAmount: bigint | null;
}): Price | null {
  const price = listPrices().find(
    ({ productId, interval }) =>
      productId === item.productId && interval === item.interval,
  );
  return price ? { ...price, amount: item.unitAmount ?? price.amount } : null;
}

/** What this price can be changed to, out of what may be bought, with when. */
export function changesFrom(
  from: Price,
  buyable: readonly Price[],
): { to: Price; when: ChangeTime }[] {
  return buyable.flatMap((to) => {
    const when = to.offer === null ? changeTime(from, to) : null;
    return when ? [{ to, when }] : [];
  });
}

function rank({ productId }: Price): number {
  return plans.findIndex((plan) => plan.productId === productId);
}
