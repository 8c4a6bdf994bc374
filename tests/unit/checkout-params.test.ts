import { describe, expect, it } from "vitest";
import { checkoutParams, sessionExpiry } from "@/lib/billing/checkout-params";

const now = new Date("2026-03-12T12:00:00Z");
const minutesUntil = (date: Date) => (date.getTime() - now.getTime()) / 60_000;

describe("a session's expiry", () => {
  it.each([
    [30, 31],
    [45, 45],
    [1440, 1439],
  ])(
    "asked for as %s minutes keeps clear of Stripe's bounds: %s",
    (asked, minutes) => {
      const expiry = sessionExpiry(now, asked);
      expect(expiry && minutesUntil(expiry)).toBe(minutes);
    },
  );
});

it("nobody asked for is left to Stripe's own clock", () => {
  expect(sessionExpiry(now, undefined)).toBeNull();
});

describe("the parameters of a checkout", () => {
  const input = {
    tenantId: "ten_1",
    intentId: "int_1",
    customerId: "cus_1",
    items: [{ price: "price_1", quantity: 2 }],
    urls: { successUrl: "https://x/s", cancelUrl: "https://x/c" },
    expiresAt: now,
    metadata: { campaign: "spring", tenant_id: "forged" },
  };
  const marks = { campaign: "spring", tenant_id: "ten_1", intent_id: "int_1" };

  it("carry our ids on the session and on the subscription it makes (hazard 51)", () => {
    const params = checkoutParams({ ...input, mode: "subscription" });
    expect(params.metadata).toEqual(marks);
    expect(params.subscription_data?.metadata).toEqual(marks);
    expect(params).not.toHaveProperty("payment_intent_data");
  });

  it("carry them on the payment of a one-time purchase", () => {
    const params = checkoutParams({ ...input, mode: "payment" });
    expect(params.payment_intent_data?.metadata).toEqual(marks);
    expect(params).not.toHaveProperty("subscription_data");
  });

  it("never name payment method types, which Stripe refuses since endive (hazard 57)", () => {
    expect(checkoutParams({ ...input, mode: "payment" })).not.toHaveProperty(
      "payment_method_types",
    );
  });
});
