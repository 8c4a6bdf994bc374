import { expect, test } from "../support/browser";
import {
  choosePlan,
  expectAccessible,
  expectHeading,
  expectReportsLocked,
  expectReportsOpen,
  fillSignUp,
  leavePortal,
  newPerson,
  openPortal,
  openTab,
  pay,
  signUp,
} from "./acts";

test("a stranger buys Pro, uses what it opens and manages it", async ({
  page,
}) => {
  test.slow();
  await page.goto("/");
  await page.getByRole("link", { name: "See the plans" }).click();
  await expectHeading(page, "Pricing");

  await page.getByRole("link", { name: "Choose Pro" }).click();
  await expectHeading(page, "Create an account");
  await expect(page.getByText("You are choosing Pro")).toContainText(
    "$29.00 per month",
  );
  await fillSignUp(page, newPerson());

  await expectHeading(page, "Pro for $29.00 per month");
  await openTab(page, "Overview");
  await expectReportsLocked(page);
  await expectAccessible(page);

  await openTab(page, "Billing");
  await expectAccessible(page);
  await choosePlan(page, "Pro");
  await expectAccessible(page);
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  await expect(page.getByText("Paid today: $29.00")).toBeVisible();

  await page.getByRole("link", { name: "Plan and invoices" }).click();
  const plan = page.getByRole("region", { name: "Your plan" });
  await expect(plan).toContainText("Pro");
  await expect(plan).toContainText("Active");
  await expect(plan).toContainText(/Renews on \d+ \w+ \d{4} for \$29\.00\./);
  const invoice = page
    .getByRole("table", { name: "Invoices" })
    .getByRole("row")
    .last();
  await expect(invoice).toContainText("Paid");
  await expect(invoice).toContainText("$29.00");
  await expect(
    page.getByRole("heading", { name: "Choose a plan" }),
  ).toHaveCount(0);

  await expectReportsOpen(page);
  await page.getByText("Show the numbers").click();
  await expectAccessible(page);
  await openTab(page, "Projects");

  await openTab(page, "Billing");
  await openPortal(page);
  await expectAccessible(page);
  await leavePortal(page);
  await expect(plan).toContainText("Active");
});

test("each plan can be had for a year, with the saving said before", async ({
  page,
}) => {
  await page.goto("/pricing");
  await page.getByLabel("Yearly, save 16%").check();
  await expect(page.getByText("$990.00")).toBeVisible();
  await page.getByRole("link", { name: "Choose Business" }).click();
  await fillSignUp(page, newPerson());
  await expectHeading(page, "Business for $990.00 per year");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await pay(page);
  await expectHeading(page, "You are on Business.");
  await page.getByRole("link", { name: "Plan and invoices" }).click();
  await expect(
    page.getByText(/Free until .*, then \$990\.00 per year\./),
  ).toBeVisible();
});

test("the plan one came for is not forgotten between signing up and signing in", async ({
  page,
}) => {
  const person = newPerson();
  const workspace = await signUp(page, person);
  await page.context().clearCookies();
  await page.goto("/pricing");
  await page.getByRole("link", { name: "Choose Business" }).click();
  await page.getByRole("link", { name: "Sign in" }).last().click();
  await expectHeading(page, "Sign in");
  await expect(page.getByText("You are choosing Business")).toBeVisible();
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectHeading(page, "Business for $99.00 per month");
  await page.getByRole("link", { name: "choose another plan" }).click();
  await expect(page).toHaveURL(
    `${workspace}/billing?price=business_monthly#plans`,
  );
});
