import type { Page } from "@playwright/test";
import { expect } from "../support/browser";
import {
  choosePlan,
  expectAccessible,
  expectHeading,
  expectReportsOpen,
  openTab,
  pay,
  signUp,
} from "./acts";
import { day } from "./billing-acts";
import { later, test } from "./own-stack";

test.describe.configure({ mode: "serial" });

const daysPass = (days: number) => later(days * day);

function plan(page: Page) {
  return page.getByRole("region", { name: "Your plan" });
}

test("a promotion code lowers what is paid today", async ({ page }) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await page.getByLabel("Promotion code").fill("WELCOME20");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("$23.20").first()).toBeVisible();
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  await expect(page.getByText("Paid today: $23.20")).toBeVisible();
});

test("a trial takes a card, opens what the plan gives, and charges when it is over, once", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await page
    .getByRole("button", { name: "Try Business free for 14 days" })
    .click();
  await pay(page);
  await expectHeading(page, "You are on Business.");
  await expect(page.getByText("Nothing was charged today.")).toBeVisible();
  await page.getByRole("link", { name: "Plan and invoices" }).click();
  await expect(plan(page)).toContainText("On trial");
  await expectReportsOpen(page);
  await daysPass(15);
  await openTab(page, "Billing");
  await expect(plan(page)).toContainText("Active");
  await expect(page.getByRole("table", { name: "Invoices" })).toContainText(
    "$99.00",
  );
});

test("who has had the trial is told the price, and charged at once", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Business");
  await pay(page);
  await page.getByRole("link", { name: "Plan and invoices" }).click();
  await plan(page).getByRole("button", { name: "Cancel Business" }).click();
  await page.getByRole("button", { name: /^Cancel on/ }).click();
  await expect(plan(page)).toContainText("Ending");
  await daysPass(15);
  await openTab(page, "Billing");
  await expect(
    page.getByRole("button", { name: "Choose Business" }),
  ).toBeVisible();
  await choosePlan(page, "Business");
  await pay(page);
  await expectHeading(page, "You are on Business.");
  await expect(page.getByText("Paid today: $99.00")).toBeVisible();
});

test("money that takes days is said to be under way, and then is there", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  const form = page.getByRole("form", { name: "Onboarding session" });
  await form.getByRole("button", { name: /^Buy/ }).click();
  await page
    .getByRole("link", { name: "Pay from a bank account instead" })
    .click();
  await page.getByLabel("Routing number").fill("110000000");
  await page.getByLabel("Account number").fill("000123456789");
  await page.getByLabel("Account holder").fill("Ada Lovelace");
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expectHeading(page, "Your payment is under way");
  await expectAccessible(page);
  await daysPass(6);
  await page.getByRole("link", { name: "See your purchases" }).click();
  await expect(
    page.getByRole("table", { name: "One-time purchases" }),
  ).toContainText("Paid");
});

test("a card is added, chosen and the other removed", async ({ page }) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await pay(page);
  await page.getByRole("link", { name: "Plan and invoices" }).click();
  await page.getByRole("link", { name: "Payment methods" }).click();
  await page.getByRole("button", { name: "Add a payment method" }).click();
  await page.getByLabel("Card number").fill("5555 5555 5555 4444");
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expectHeading(page, "Your payment method is saved.");
  await page.getByRole("link", { name: "See your payment methods" }).click();
  await page
    .getByRole("form", { name: "Use Mastercard ending in 4444 for payments" })
    .getByRole("button")
    .click();
  await expect(page.getByText("From now on payments are made")).toBeVisible();
  const visa = page
    .getByRole("listitem")
    .filter({ hasText: "Visa ending in 4242" });
  await visa.getByRole("button", { name: "Remove" }).click();
  await expectAccessible(page);
  await page
    .getByRole("button", { name: "Remove Visa ending in 4242" })
    .click();
  await expect(page.getByText("Visa ending in 4242")).toHaveCount(0);
});
