import { describe, expect, it } from "vitest";
import { currencies, currency } from "@/lib/catalog/plans";
import { listPrices, moneyOf } from "@/lib/catalog/prices";
import {
  formatMoney,
  minorDigits,
  parseMoney,
  yearlySaving,
} from "@/lib/platform/money";

describe("money", () => {
  it.each([
    [2900n, "usd", "$29.00"],
    [5n, "usd", "$0.05"],
    [-2500n, "usd", "-$25.00"],
    [-5n, "usd", "-$0.05"],
    [2900n, "jpy", "¥2,900"],
    [1234n, "kwd", "KWD 1.234"],
    [123456n, "rsd", "RSD 1,234.56"],
    [500n, "isk", "ISK 5.00"],
    [9007199254740993n, "usd", "$90,071,992,547,409.93"],
  ])("of %s minor units of %s reads %s", (amount, currency, text) => {
    expect(formatMoney({ amount, currency }).replace(/\s/g, " ")).toBe(text);
  });

  it.each([
    ["29", "usd", 2900n],
    ["29.5", "usd", 2950n],
    ["29.00", "usd", 2900n],
    ["2900", "jpy", 2900n],
    ["1.234", "kwd", 1234n],
    ["29.001", "usd", null],
    ["2900.0", "jpy", null],
    ["-5", "usd", null],
    ["1e3", "usd", null],
    ["1,000.00", "usd", null],
    ["", "usd", null],
  ])("written as %j of %s is %s minor units", (text, currency, amount) => {
    expect(parseMoney(text, currency)).toBe(amount);
  });

  it("80: is charged by the catalogue in amounts that Stripe takes: whole, of dinars in tens", () => {
    for (const { amount, currency, lookupKey } of listPrices()) {
      expect(amount, lookupKey).toBeGreaterThan(0n);
      if (minorDigits(currency) === 3) expect(amount % 10n, lookupKey).toBe(0n);
    }
  });

  it("is of a currency that the catalogue allows, and of the default one where a price names none", () => {
    for (const price of listPrices())
      expect(currencies, price.lookupKey).toContain(price.currency);
    expect(moneyOf({ amount: 100 })).toEqual({ amount: 100n, currency });
  });

  it("says what a year saves, rounded down", () => {
    expect(yearlySaving(2900n, 29000n)).toBe(16);
  });
});
