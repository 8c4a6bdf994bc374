import type { currency } from "./plans";

/**
 * Discounts as code. `npm run stripe -- setup` makes them at Stripe, where the terms of a coupon never change:
 * other terms need another id. To end one, take its code out here and archive it in the Dashboard.
 */
export type Coupon = {
  id: string;
  /** Stands on the invoice. */
  name: string;
  off: { percent: number } | { amount: number; currency: typeof currency };
  duration: "once" | "forever" | { months: number };
  /** What people type. */
  codes: readonly PromotionCode[];
};

export type PromotionCode = {
  code: string;
  /** Only for who has never paid before. */
  firstPurchase: boolean;
};

export const coupons: readonly Coupon[] = [
  {
    id: "welcome_20",
    name: "Welcome",
    off: { percent: 20 },
    duration: "once",
    codes: [{ code: "WELCOME20", firstPurchase: true }],
  },
];
