import { describe, expect, it } from "vitest";
import { saleOf } from "@/lib/billing/sale";
import { getPrice, type Price } from "@/lib/catalog/prices";

function price(lookupKey: string, change: Partial<Price> = {}): Price {
  const found = getPrice(lookupKey);
  if (!found) throw new Error(`no ${lookupKey}`);
  return { ...found, ...change };
}
const pro = price("pro_monthly");
const onboarding = price("onboarding_session");
const seats = price("pro_monthly", {
  lookupKey: "extra_seats",
  productId: "extra_seats",
  group: "extra_seats",
});
const calls = price("pro_monthly", { lookupKey: "pro_calls", meter: "mtr_1" });

describe("what is bought together", () => {
  it("is a plan with something once: one checkout of the plan's group", () => {
    const sale = saleOf([
      { price: onboarding, quantity: 2 },
      { price: pro, quantity: 1 },
    ]);
    expect(sale).toMatchObject({
      mode: "subscription",
      group: "plan",
      recurringGroups: ["plan"],
    });
  });

  it("is a plan with what is added to it, and with what a meter counts", () => {
    const sale = saleOf([
      { price: pro, quantity: 1 },
      { price: seats, quantity: 4 },
      { price: calls, quantity: null },
    ]);
    expect(sale.recurringGroups).toEqual(["plan", "extra_seats"]);
    expect(sale.group).toBe("plan");
  });

  it.each([
    ["two plans", [pro, price("business_monthly")]],
    ["a month with a year", [pro, { ...seats, interval: "year" as const }]],
    ["dollars with euros", [pro, { ...onboarding, currency: "eur" }]],
    ["one price twice", [onboarding, onboarding]],
  ])("is not %s", (_, prices) => {
    const items = prices.map((one) => ({ price: one, quantity: 1 }));
    expect(() => saleOf(items)).toThrow(
      expect.objectContaining({ code: "validation", param: "lineItems" }),
    );
  });
});
