import { expect, test } from "../support/browser";
import {
  alert,
  cards,
  choosePlan,
  expectHeading,
  expectReportsLocked,
  openTab,
  pay,
  signUp,
} from "./acts";

test("a declined card is said in words and grants nothing; another one pays", async ({
  page,
}) => {
  const workspace = await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  const hosted = page.url();
  await pay(page, cards.declined);
  await expect(alert(page, /declined/)).toBeVisible();

  await page.goto(workspace);
  await expectReportsLocked(page);
  await page.goto(hosted);
  await pay(page);
  await expectHeading(page, "You are on Pro.");
});

test("a one-time product is bought twice over, once", async ({ page }) => {
  await signUp(page);
  await openTab(page, "Billing");
  const form = page.getByRole("form", { name: "Onboarding session" });
  await form.getByLabel("Quantity").fill("2");
  await form.getByRole("button", { name: /^Buy/ }).click();
  await pay(page);
  await expectHeading(page, "You bought 2 × Onboarding session.");
  await expect(page.getByText("Paid today: $298.00")).toBeVisible();
  await page.getByRole("link", { name: "See your purchases" }).click();
  const orders = page.getByRole("table", { name: "One-time purchases" });
  await expect(orders.getByRole("row")).toHaveCount(2);
  await expect(orders).toContainText("$298.00");
  await expect(page.getByRole("region", { name: "Your plan" })).toContainText(
    "Free",
  );
});

test("who leaves the hosted page is charged nothing and finds the way back", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await page.getByRole("link", { name: "Back to the shop" }).click();
  await expectHeading(page, "You left the checkout");
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  await page.getByRole("link", { name: "Back to billing" }).click();
  await expectHeading(page, "Choose a plan");
});

test("back from the hosted page, the plan can still be chosen", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await page.goBack();
  await choosePlan(page, "Business");
});
