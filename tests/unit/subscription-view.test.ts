import { expect, it } from "vitest";
import { subscriptionView } from "@/lib/billing/subscription-view";
import { resolve } from "@/lib/entitlements/resolve";

const start = new Date("2027-03-12T12:00:00Z");
const soon = new Date("2027-04-12T12:00:00Z");
const later = new Date("2028-03-12T12:00:00Z");

function item(productId: string, currentPeriodEnd: Date, amount: bigint) {
  return {
    tenantId: "t",
    id: `si_${productId}`,
    subscriptionId: "sub_1",
    priceId: `price_${productId}`,
    productId,
    quantity: 2,
    unitAmount: amount,
    interval: currentPeriodEnd === later ? "year" : "month",
    intervalCount: 1,
    currentPeriodStart: start,
    currentPeriodEnd,
  };
}

const row = {
  tenantId: "t",
  id: "sub_1",
  customerId: "cus_1",
  livemode: false,
  status: "active",
  currency: "usd",
  collectionMethod: "charge_automatically",
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  endedAt: null,
  trialEnd: null,
  defaultPaymentMethod: null,
  card: null,
  discounted: false,
  taxed: false,
  schedule: null,
  pendingChange: null,
  collectionPaused: null,
  latestInvoiceId: null,
  intentId: null,
  startedAt: start,
  monthlyAmount: 0n,
  asOf: start,
  staleCheckedAt: null,
  createdAt: start,
  items: [
    item("another_product", later, 100n),
    item("plan_business", soon, 9900n),
  ],
};
const rights = resolve([], start);
const view = subscriptionView(row, { customer: undefined, rights });

it("73: of several items the plan is found by its product, and the next charge is the earliest", () => {
  expect(view).toMatchObject({
    planName: "Business",
    interval: "month",
    periodEnd: soon,
    price: { amount: 20_000n, currency: "usd" },
  });
  expect(view.items.map(({ name }) => name)).toEqual([
    "Business",
    "another_product",
  ]);
});

it("74: a period that is over takes nothing away while Stripe says that the plan runs", () => {
  const over = [{ ...row, unpaidSince: null }];
  expect(resolve(over, new Date("2028-03-12T13:30:00Z")).plan.key).toBe(
    "business",
  );
});

it("a schedule that is not ours is said, and so is what a plan changes to", () => {
  const next = {
    at: later.toISOString(),
    items: [
      {
        priceId: "price_1",
        productId: "plan_pro",
        quantity: 1,
        unitAmount: "2900",
        interval: "month",
      },
    ],
  };
  const planned = subscriptionView(
    { ...row, schedule: { id: "sub_sched_1", ours: false, next } },
    { customer: undefined, rights },
  );
  expect(planned).toMatchObject({
    managedElsewhere: true,
    planned: { names: ["Pro"], at: later },
  });
});
