/**
 * What you sell, as code. `npm run stripe -- setup` brings Stripe in line with it: a plan becomes a product
 * with this id, a price is found again by its lookup key. Amounts are minor units of `currency`.
 */
export type Interval = "month" | "year";
export type Feature = "reports" | "priority_support";
export type Limit = "projects" | "seats";

type PlanPrice = {
  lookupKey: string;
  amount: number;
  interval: Interval;
};

export type Plan = {
  key: "free" | "pro" | "business";
  name: string;
  description: string;
  /** The Stripe product's id; null for the plan that costs nothing and is never bought. */
  productId: string | null;
  prices: readonly PlanPrice[];
  features: readonly Feature[];
  /** null means unlimited. */
  limits: Record<Limit, number | null>;
};

export type OneTimeProduct = {
  key: string;
  name: string;
  description: string;
  productId: string;
  lookupKey: string;
  amount: number;
  maxQuantity: number;
};

export const currency = "usd";

/** All plans are of one group: a tenant holds at most one of them at a time. */
export const planGroup = "plan";

/** In rising order: the last one that a tenant holds decides. */
export const plans = [
  {
    key: "free",
    name: "Free",
    description: "For trying it out.",
    productId: null,
    prices: [],
    features: [],
    limits: { projects: 3, seats: 2 },
  },
  {
    key: "pro",
    name: "Pro",
    description: "For a team that works with it every day.",
    productId: "plan_pro",
    prices: [
      { lookupKey: "pro_monthly", amount: 2900, interval: "month" },
      { lookupKey: "pro_yearly", amount: 29000, interval: "year" },
    ],
    features: ["reports"],
    limits: { projects: 50, seats: 10 },
  },
  {
    key: "business",
    name: "Business",
    description: "For a company that depends on it.",
    productId: "plan_business",
    prices: [
      { lookupKey: "business_monthly", amount: 9900, interval: "month" },
      { lookupKey: "business_yearly", amount: 99000, interval: "year" },
    ],
    features: ["reports", "priority_support"],
    limits: { projects: null, seats: null },
  },
] as const satisfies readonly Plan[];

export const oneTimeProducts: readonly OneTimeProduct[] = [
  {
    key: "onboarding",
    name: "Onboarding session",
    description: "Ninety minutes with an engineer who sets it up with you.",
    productId: "onboarding_session",
    lookupKey: "onboarding_session",
    amount: 14900,
    maxQuantity: 10,
  },
];

export const featureNames: Record<Feature, string> = {
  reports: "Reports",
  priority_support: "Priority support",
};

export const freePlan: Plan = plans[0];

export function planByProduct(productId: string): Plan | null {
  return plans.find((plan) => plan.productId === productId) ?? null;
}

/** How long a past-due subscription keeps its plan, from the day the oldest unpaid invoice was made. */
export const graceDays = 7;
