import { expect, it } from "vitest";
import { subscriptionWords } from "@/app/t/[tenant]/billing/_components/subscription-words";
import type { SubscriptionView } from "@/lib/billing/subscription-view";

const end = new Date("2027-04-12T12:00:00Z");
const plan: SubscriptionView = {
  id: "sub_1",
  planName: "Pro",
  items: [],
  planned: null,
  pendingChange: null,
  collectionPaused: null,
  managedElsewhere: false,
  group: "plan",
  status: "active",
  price: { amount: 2900n, currency: "usd" },
  adjusted: { discounts: false, tax: false },
  interval: "month",
  quantity: 1,
  periodEnd: end,
  trialEnd: null,
  endsAt: null,
  graceEndsAt: null,
  card: null,
};

it.each([
  [{ discounts: false, tax: false }, "Renews on 12 April 2027 for $29.00."],
  [
    { discounts: false, tax: true },
    "Renews on 12 April 2027 for $29.00 before tax.",
  ],
  [
    { discounts: true, tax: false },
    "Renews on 12 April 2027 for $29.00 before discounts.",
  ],
  [
    { discounts: true, tax: true },
    "Renews on 12 April 2027 for $29.00 before discounts and tax.",
  ],
])("the next charge says what is not in it: %o", (adjusted, words) => {
  expect(subscriptionWords({ ...plan, adjusted }).next).toBe(words);
});

it("credit is said, because it pays for the next charge first", () => {
  const credit = { amount: 6600n, currency: "usd" };
  expect(subscriptionWords(plan, credit).next).toBe(
    "Renews on 12 April 2027 for $29.00. Your credit of $66.00 pays for it first.",
  );
});

it("what ends has no next charge, in trial or not", () => {
  for (const status of ["active", "trialing"]) {
    const { next } = subscriptionWords({ ...plan, status, endsAt: end });
    expect(next).toBe(
      "Ends on 12 April 2027. Until then you keep Pro; it does not renew.",
    );
  }
});

it("each status has words of its own", () => {
  const statuses = [
    "active",
    "trialing",
    "past_due",
    "unpaid",
    "paused",
    "incomplete",
    "invented",
  ];
  const said = statuses.map((status) => subscriptionWords({ ...plan, status }));
  expect(new Set(said.map((words) => words.status)).size).toBe(7);
});
