/** Integer minor units with their currency (ISO 4217, lower case as Stripe writes it). Never a float. */
export type Money = { amount: bigint; currency: string };

/** "$29.00", "¥2,900": the currency's own number of decimals, exact for any size. */
export function formatMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
  });
  const digits = decimalsOf(currency);
  const scale = 10n ** BigInt(digits);
  const sign = amount < 0n ? "-" : "";
  const absolute = amount < 0n ? -amount : amount;
  const fraction = digits
    ? `.${(absolute % scale).toString().padStart(digits, "0")}`
    : "";
  return format.format(
    `${sign}${absolute / scale}${fraction}` as Intl.StringNumericLiteral,
  );
}

/** Minor units of an amount as a person writes it, "29" or "29.00"; null for anything else. */
export function parseMoney(text: string, currency: string): bigint | null {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = decimalsOf(currency);
  if (whole === undefined || fraction.length > digits) return null;
  return BigInt(whole + fraction.padEnd(digits, "0"));
}

function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
  });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** What a year costs less than twelve months, in whole percent, rounded down. */
export function yearlySaving(monthly: bigint, yearly: bigint): number {
  return Number(((monthly * 12n - yearly) * 100n) / (monthly * 12n));
}
