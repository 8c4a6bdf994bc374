import { buyer, day, expectState, subscribe } from "./billing-acts";
import { later, test } from "./own-stack";

// The states that are rarer; the words of each are tests/unit/subscription-words.test.ts and concerns.test.ts.
test.describe.configure({ mode: "serial" });

test("one-time purchases only: free, with what was bought", async ({
  page,
}) => {
  await buyer(page, "onboarding_session");
  await expectState(page, {
    plan: [/Free/, /What you have bought stands below/],
    act: "Choose Pro",
  });
});

test("on trial without a card, then paused", async ({ page }) => {
  test.slow();
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, {
    trial_period_days: 14,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  await expectState(page, {
    plan: [/On trial/, /Free until .*, then \$29\.00 per month/],
    banner: /^Your trial ends on/,
    act: "Add a payment method",
  });
  await later(15 * day);
  await expectState(page, {
    plan: [/Paused/, /Nothing is charged while it is paused/],
    banner: /^Pro is paused/,
    act: "Add a payment method",
  });
});

test("incomplete: the first payment failed", async ({ page }) => {
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, { card: "pm_card_chargeCustomerFail" });
  await expectState(page, {
    plan: [/Incomplete/, /once the first payment succeeds/],
    banner: /^The first payment is not complete/,
    act: "Pay $29.00",
  });
});

test("action required: the bank wants a confirmation", async ({ page }) => {
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, { card: "pm_card_authenticationRequired" });
  await expectState(page, {
    plan: [/Incomplete/],
    banner: /^Your bank wants you to confirm a payment/,
    act: "Confirm payment",
  });
});

test("two plans at once are said, not hidden", async ({ page }) => {
  const person = await buyer(page, "pro_monthly");
  await subscribe(person, { card: "pm_card_visa" });
  await expectState(page, {
    plan: [/Also Pro: Renews on/],
    banner: /^Two plans are being paid/,
    act: "Manage subscription",
  });
});
