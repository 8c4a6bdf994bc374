import { expect, test } from "../support/browser";
import {
  alert,
  choosePlan,
  expectHeading,
  expectReportsLocked,
  expectReportsOpen,
  fillSignUp,
  keepPaymentUnknown,
  leavePortal,
  newPerson,
  openPortal,
  openTab,
  pay,
  signUp,
} from "./acts";

test.use({ javaScriptEnabled: false });

test("the whole purchase works", async ({ page }) => {
  await page.goto("/pricing");
  await page.getByRole("link", { name: "Choose Pro" }).click();
  await expect(page.getByText("You are choosing Pro")).toBeVisible();
  await fillSignUp(page, newPerson());
  await expectHeading(page, "Pro for $29.00 per month");
  await expectReportsLocked(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  await page.getByRole("link", { name: "Plan and invoices" }).click();
  await expect(page.getByText(/Renews on .* for \$29\.00\./)).toBeVisible();
  await expectReportsOpen(page);
  await openTab(page, "Billing");
  await openPortal(page);
  await leavePortal(page);
});

test("while the payment is being confirmed, the page asks again by itself", async ({
  page,
  stack,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await keepPaymentUnknown(page, stack.emulatorUrl);
  await pay(page);
  await expectHeading(page, "Confirming your payment");
  await expect(
    page.getByRole("heading", { name: "You are on Pro." }),
  ).toBeVisible({ timeout: 40_000 });
});

test("a wrong password is said on the form, and the email stays", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(alert(page, "Email or password is wrong.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("nobody@example.com");
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("an invalid email is said on the form, and what was typed stays", async ({
  page,
}) => {
  await page.goto("/sign-up?next=/pricing");
  await fillSignUp(page, { ...newPerson(), email: "ada@nowhere" });
  await expect(
    alert(page, "Something in the form is not right."),
  ).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Ada Lovelace");
  await expect(page.getByLabel("Email")).toHaveValue("ada@nowhere");
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription(
    "Write an address such as name@example.com.",
  );
  await expect(page).toHaveURL(/\/sign-up\?next=(\/|%2F)pricing$/);
});

test("the plan's limit is said, with the way to more", async ({ page }) => {
  await signUp(page);
  await openTab(page, "Projects");
  for (const name of ["One", "Two", "Three", "Four"]) {
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("button", { name: "Create project" }).click();
  }
  await expect(alert(page, "Your plan's limit is reached.")).toBeVisible();
  await expect(page.getByLabel("Project name")).toHaveValue("Four");
  await expect(page.getByText("3 of 3")).toBeVisible();
  await alert(page, "limit").getByRole("link", { name: "See plans" }).click();
  await expectHeading(page, "Choose a plan");
});
