import type Stripe from "stripe";
import { planByProduct } from "@/lib/catalog/plans";
import { resolve } from "@/lib/entitlements/resolve";
import { toItemRow, toRow } from "@/lib/sync/subscription-row";

const statuses = [
  "incomplete",
  "active",
  "past_due",
  "active",
  "unpaid",
  "active",
  "canceled",
] as const;
const start = 1_790_000_000;

/** Stripe's answer about an object in this version; each version differs from every other. */
export function subscriptionAt(
  version: number,
  ids: { id: string; customer: string },
): Stripe.Subscription {
  const item = {
    id: `si_${ids.id}`,
    object: "subscription_item",
    quantity: version,
    current_period_start: start + version,
    current_period_end: start + version + 2_592_000,
    price: {
      id: version % 2 ? "price_pro" : "price_business",
      product: version % 2 ? "plan_pro" : "plan_business",
      unit_amount: version % 2 ? 2900 : 9900,
      recurring: { interval: "month", interval_count: 1 },
    },
  };
  const subscription = {
    ...ids,
    object: "subscription",
    livemode: false,
    status: statuses[version % statuses.length],
    currency: "usd",
    collection_method: "charge_automatically",
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ended_at: null,
    trial_end: null,
    default_payment_method: null,
    latest_invoice: null,
    discounts: [],
    automatic_tax: { enabled: false },
    default_tax_rates: [],
    metadata: {},
    start_date: start,
    created: start,
    items: { data: [item], has_more: false },
  };
  return subscription as unknown as Stripe.Subscription; // as much of it as the mirror reads
}

const known = new Map<number | undefined, string>();

/** What our rows say of a version, and the rights that follow: the product's own pure code. */
export function answers(version: number | undefined): string {
  let answer = known.get(version);
  if (answer === undefined) {
    answer = version === undefined ? "nothing" : compute(version);
    known.set(version, answer);
  }
  return answer;
}

function compute(version: number): string {
  const subscription = subscriptionAt(version, { id: "sub", customer: "cus" });
  const row = toRow(subscription);
  const items = subscription.items.data.map(toItemRow);
  const rights = resolve(
    [{ id: "sub", status: row.status, items, unpaidSince: null }],
    new Date((start + 1000) * 1000),
  );
  if (!planByProduct("plan_pro")) throw new Error("the plans have changed");
  const said = { row, items, plan: rights.plan.key, grace: rights.graceEndsAt };
  return JSON.stringify(said, (_, part: unknown) =>
    typeof part === "bigint" ? String(part) : part,
  );
}
