import type { Price } from "./objects";

const ZERO_DECIMAL = new Set(
  "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "),
);

export function decimalsOf(currency: string): number {
  return ZERO_DECIMAL.has(currency) ? 0 : 2;
}

/** `$29.00`, `€5.00`, `¥500`: the amount is in the currency's smallest unit. */
export function formatMoney(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const code = currency.toUpperCase();
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: code,
    minimumFractionDigits: decimals,
    // A price may have fractions of the smallest unit; amounts have none.
    maximumFractionDigits: 14,
  }).format(amount / 10 ** decimals);
}

export function formatInterval(
  recurring: NonNullable<Price["recurring"]>,
): string {
  const { interval, interval_count } = recurring;
  return interval_count === 1 ? interval : `${interval_count} ${interval}s`;
}

/** A share of an amount in whole units, half a unit away from zero; exact at any size. */
export function share(amount: number, part: number, whole: number): number {
  const size = BigInt(Math.abs(amount)) * BigInt(part) * 2n;
  const rounded = Number((size + BigInt(whole)) / (2n * BigInt(whole)));
  return rounded === 0 ? 0 : rounded * Math.sign(amount);
}
