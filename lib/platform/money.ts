/** Integer minor units with their currency (ISO 4217, lower case as Stripe writes it). Never a float. */
export type Money = { amount: bigint; currency: string };

/** By Stripe's count, which differs from ISO 4217 and from Intl (docs.stripe.com/currencies). */
const withoutMinorUnit = new Set(
  "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "),
);
const withThreeDigits = new Set("bhd jod kwd omr tnd".split(" "));

/** How many decimals its minor unit stands for: 2 for most, 0 for yen, 3 for dinars. */
export function minorDigits(currency: string): 0 | 2 | 3 {
  if (withoutMinorUnit.has(currency)) return 0;
  return withThreeDigits.has(currency) ? 3 : 2;
}

/** "$29.00", "¥2,900": with the currency's own number of decimals, exact for any size. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(
    toDecimal({ amount, currency }) as Intl.StringNumericLiteral,
  );
}

/** "2900.00", "-2900": as a program reads it, exact for any size. */
export function toDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const scale = 10n ** BigInt(digits);
  const sign = amount < 0n ? "-" : "";
  const absolute = amount < 0n ? -amount : amount;
  const fraction = digits
    ? `.${(absolute % scale).toString().padStart(digits, "0")}`
    : "";
  return `${sign}${absolute / scale}${fraction}`;
}

/** Minor units of an amount as a person writes it, "29" or "29.00"; null for anything else. */
export function parseMoney(text: string, currency: string): bigint | null {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = minorDigits(currency);
  if (whole === undefined || fraction.length > digits) return null;
  return BigInt(whole + fraction.padEnd(digits, "0"));
}

/** What a year costs less than twelve months, in whole percent, rounded down. */
export function yearlySaving(monthly: bigint, yearly: bigint): number {
  return Number(((monthly * 12n - yearly) * 100n) / (monthly * 12n));
}
