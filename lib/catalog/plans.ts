/**
 * What you sell, as code. `npm run stripe -- setup` brings Stripe in line with it: a plan becomes a product
 * with this id, a price is found again by its lookup key. Amounts are minor units of the price's currency.
 */
export type Interval = "month" | "year";
export type Feature = "reports" | "priority_support";
export type Limit = "projects" | "seats";

export type PlanPrice = {
  lookupKey: string;
  amount: number;
  interval: Interval;
  /** Another than the default one. */
  currency?: Currency;
  /** Charged by what the meter with this id has counted: bought without a quantity. */
  meter?: string;
};

/** Days before the first charge: once for each workspace and person, ever. */
export type Trial = {
  days: number;
  /** What its end does where no card was asked for. Absent: a card is asked for at the start. */
  withoutCard?: "cancel" | "pause";
};

export type Plan = {
  key: "free" | "pro" | "business";
  name: string;
  description: string;
  /** The Stripe product's id; null for the plan that costs nothing and is never bought. */
  productId: string | null;
  prices: readonly PlanPrice[];
  trial?: Trial;
  features: readonly Feature[];
  /** Whether its price is for each member; the quantity then follows the members. */
  perSeat?: boolean;
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
  currency?: Currency;
  minQuantity?: number;
  maxQuantity: number;
  /** Whether the quantity can still be changed on the payment page, within the two bounds. */
  adjustable?: boolean;
  /** Where it can be sent (ISO 3166); Checkout asks for the address. Absent: nothing is sent. */
  shipsTo?: readonly string[];
};

/** What may be charged in at all. The first is the default. */
export const currencies = ["usd", "eur"] as const;
export type Currency = (typeof currencies)[number];
export const currency: Currency = currencies[0];

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
    trial: { days: 14 },
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
    adjustable: true,
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
