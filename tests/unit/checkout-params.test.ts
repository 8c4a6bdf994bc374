import { describe, expect, it } from "vitest";
import {
  checkoutParams,
  sessionExpiry,
  type SessionWish,
} from "@/lib/billing/checkout-params";

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
  const wish: SessionWish = {
    mode: "subscription",
    ui: "hosted",
    tenantId: "ten_1",
    intentId: "int_1",
    requestId: "req_1",
    customerId: "cus_1",
    items: [{ price: "price_1", quantity: 2, adjustable: null }],
    trial: null,
    promotionCodeId: null,
    shipsTo: [],
    locale: undefined,
    urls: { successUrl: "https://x/s", cancelUrl: "https://x/c" },
    expiresAt: now,
    metadata: { campaign: "spring", tenant_id: "forged" },
    options: {
      promotionCodes: true,
      billingAddress: "auto",
      allowedMethods: [],
      excludedMethods: [],
      tax: false,
      methodConfiguration: undefined,
    },
  };
  const marks = {
    campaign: "spring",
    tenant_id: "ten_1",
    intent_id: "int_1",
    request_id: "req_1",
  };
  const params = (change: Partial<SessionWish> = {}) =>
    checkoutParams({ ...wish, ...change });
  const withOptions = (options: Partial<SessionWish["options"]>) =>
    params({ options: { ...wish.options, ...options } });

  it("51: carry our ids on the session and on the subscription it makes", () => {
    expect(params().metadata).toEqual(marks);
    expect(params().subscription_data?.metadata).toEqual(marks);
    expect(params()).not.toHaveProperty("payment_intent_data");
  });

  it("51: carry them on the payment of a one-time purchase, and on a saved card", () => {
    const payment = params({ mode: "payment" });
    expect(payment.payment_intent_data?.metadata).toEqual(marks);
    expect(payment).not.toHaveProperty("subscription_data");
    const setup = params({ mode: "setup", items: [] });
    expect(setup.setup_intent_data?.metadata).toEqual(marks);
    expect(setup).toMatchObject({ currency: "usd" });
    for (const absent of ["line_items", "allow_promotion_codes", "discounts"])
      expect(setup).not.toHaveProperty(absent);
  });

  it("57: never name payment method types; a configuration, allowed and excluded ones do", () => {
    const given = withOptions({
      methodConfiguration: "pmc_1",
      allowedMethods: ["card", "link"],
      excludedMethods: ["klarna"],
    });
    expect(given).toMatchObject({
      payment_method_configuration: "pmc_1",
      allowed_payment_method_types: ["card", "link"],
      excluded_payment_method_types: ["klarna"],
    });
    expect(given).not.toHaveProperty("payment_method_types");
    expect(params()).not.toHaveProperty("allowed_payment_method_types");
  });

  it("58: never ask Checkout to make a customer", () => {
    for (const mode of ["subscription", "payment", "setup"] as const) {
      expect(params({ mode })).not.toHaveProperty("customer_creation");
      expect(params({ mode }).customer).toBe("cus_1");
    }
  });

  it("54: carry the given code or the field for one, not both", () => {
    expect(params()).toMatchObject({ allow_promotion_codes: true });
    expect(params()).not.toHaveProperty("discounts");
    const given = params({ promotionCodeId: "promo_1" });
    expect(given.discounts).toEqual([{ promotion_code: "promo_1" }]);
    expect(given).not.toHaveProperty("allow_promotion_codes");
    const none = withOptions({ promotionCodes: false });
    expect(none).not.toHaveProperty("allow_promotion_codes");
  });

  it("53: let Checkout write on the customer what tax needs, when tax is on", () => {
    expect(withOptions({ tax: true })).toMatchObject({
      automatic_tax: { enabled: true },
      tax_id_collection: { enabled: true },
      customer_update: { address: "auto", name: "auto" },
    });
    expect(params()).not.toHaveProperty("customer_update");
    expect(params()).not.toHaveProperty("automatic_tax");
  });

  it("ask for the billing address when told, and where to send what is sent", () => {
    expect(withOptions({ billingAddress: "required" })).toMatchObject({
      billing_address_collection: "required",
    });
    expect(params({ mode: "payment", shipsTo: ["DE", "AT"] })).toMatchObject({
      shipping_address_collection: { allowed_countries: ["DE", "AT"] },
      customer_update: { shipping: "auto" },
    });
  });

  it("55: have no quantity for what a meter counts", () => {
    const items = [
      { price: "price_1", quantity: 2, adjustable: null },
      { price: "price_2", quantity: null, adjustable: null },
    ];
    expect(params({ items }).line_items).toEqual([
      { price: "price_1", quantity: 2 },
      { price: "price_2" },
    ]);
  });

  it("let the buyer adjust a quantity within its bounds", () => {
    const adjustable = { minimum: 2, maximum: 9 };
    const items = [{ price: "price_1", quantity: 2, adjustable }];
    expect(params({ items }).line_items).toEqual([
      {
        price: "price_1",
        quantity: 2,
        adjustable_quantity: { enabled: true, minimum: 2, maximum: 9 },
      },
    ]);
  });

  it("56: give a trial in days, never as an end by our clock; without recovery, which would give it twice", () => {
    const trial = params({ trial: { days: 14 } });
    expect(trial.subscription_data).toMatchObject({ trial_period_days: 14 });
    expect(trial.subscription_data).not.toHaveProperty("trial_end");
    expect(trial).not.toHaveProperty("after_expiration");
    expect(params()).toHaveProperty("after_expiration");
  });

  it("66: take a card for a trial, or say what its end does without one", () => {
    const carded = params({ trial: { days: 14 } });
    expect(carded.payment_method_collection).toBe("always");
    expect(carded.subscription_data).not.toHaveProperty("trial_settings");
    const free = params({ trial: { days: 14, withoutCard: "pause" } });
    expect(free.payment_method_collection).toBe("if_required");
    expect(free.subscription_data?.trial_settings?.end_behavior).toEqual({
      missing_payment_method: "pause",
    });
  });

  it("37: name the ways of showing it as Stripe does today", () => {
    const embedded = params({ ui: "embedded" });
    expect(embedded).toMatchObject({
      ui_mode: "embedded_page",
      return_url: "https://x/s",
    });
    for (const absent of ["success_url", "cancel_url", "after_expiration"])
      expect(embedded).not.toHaveProperty(absent);
  });

  it("name a language only when asked to", () => {
    expect(params()).not.toHaveProperty("locale");
    expect(params({ locale: "de" })).toMatchObject({ locale: "de" });
  });
});
