import { describe, expect, it } from "vitest";
import {
  isLive,
  resolve,
  type SubscriptionRow,
} from "@/lib/entitlements/resolve";

const now = new Date("2026-03-12T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const item = {
  productId: "plan_pro",
  currentPeriodStart: daysAgo(3),
  currentPeriodEnd: daysAgo(-27),
};

function subscription(changes: Partial<SubscriptionRow> = {}): SubscriptionRow {
  return {
    id: "sub_1",
    status: "active",
    items: [item],
    unpaidSince: null,
    ...changes,
  };
}

describe("rights", () => {
  it("are those of the free plan without a subscription", () => {
    const rights = resolve([], now);
    expect(rights.plan.key).toBe("free");
    expect(rights.has("reports")).toBe(false);
    expect(rights.limit("projects")).toBe(3);
  });

  it.each([
    ["trialing", "pro", true],
    ["active", "pro", true],
    ["past_due", "pro", true],
    ["unpaid", "free", true],
    ["paused", "free", true],
    ["incomplete", "free", true],
    ["incomplete_expired", "free", false],
    ["canceled", "free", false],
  ])("47: in status %s are those of %s", (status, plan, blocksNewCheckout) => {
    expect(resolve([subscription({ status })], now).plan.key).toBe(plan);
    expect(isLive(status)).toBe(blocksNewCheckout);
  });

  it.each(["on_fire", "__proto__", "constructor"])(
    "in the unknown status %s are those of the free plan",
    (status) => {
      expect(resolve([subscription({ status })], now).plan.key).toBe("free");
    },
  );

  it("stay through a week after the oldest unpaid invoice, and no longer", () => {
    const overdue = (days: number) =>
      resolve(
        [subscription({ status: "past_due", unpaidSince: daysAgo(days) })],
        now,
      );
    expect(overdue(6.9).plan.key).toBe("pro");
    expect(overdue(6.9).graceEndsAt).toEqual(daysAgo(-0.1));
    expect(overdue(7).plan.key).toBe("free");
  });

  it("are those of the highest plan among several subscriptions, in any order", () => {
    const business = subscription({
      id: "sub_2",
      items: [{ ...item, productId: "plan_business" }],
    });
    for (const rows of [
      [subscription(), business],
      [business, subscription()],
    ]) {
      const rights = resolve(rows, now);
      expect([rights.plan.key, rights.subscriptionId]).toEqual([
        "business",
        "sub_2",
      ]);
      expect(rights.limit("projects")).toBeNull();
    }
  });

  it("ignore a product that the catalogue does not know", () => {
    const unknown = subscription({
      items: [{ ...item, productId: "prod_x" }],
    });
    expect(resolve([unknown], now).plan.key).toBe("free");
  });
});
