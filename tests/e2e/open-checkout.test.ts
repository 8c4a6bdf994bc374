import { checkAxe, expect, test } from "../support/browser";
import { choosePlan, expectHeading, openTab, signUp } from "./acts";

const aDay = 24 * 60 * 60 * 1000;

test("an open checkout is found again, counts down by the server's clock, and can be cancelled", async ({
  page,
}) => {
  // The visitor's clock is a day ahead: by it, the checkout would have expired.
  await page.addInitScript((ahead) => {
    const real = Date.now;
    Date.now = () => real() + ahead;
  }, aDay);
  const workspace = await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await page.goto(`${workspace}/billing`);
  await page.getByRole("link", { name: "Continue or cancel it" }).click();

  await expectHeading(page, "Your checkout is open");
  await expect(page.getByText(/You can pay \$29\.00 until/)).toBeVisible();
  const timer = page.getByRole("timer");
  await expect(timer).toHaveText(/^(24 h 00|23 h 59) min left$/);
  await checkAxe(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await checkAxe(page);

  await page.getByRole("link", { name: "Continue to payment" }).click();
  await expect(page.getByLabel("Card number")).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Cancel checkout" }).click();
  await expectHeading(page, "This checkout has ended");
  await checkAxe(page);
  await page.getByRole("link", { name: "Choose again" }).click();
  await expect(page.getByRole("button", { name: "Choose Pro" })).toBeVisible();
  await expect(
    page.getByRole("link", { name: "Continue or cancel it" }),
  ).toHaveCount(0);
});

test("an open checkout can be cancelled without JavaScript", async ({
  browser,
  stack,
}) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: stack.appUrl,
  });
  const page = await context.newPage();
  const workspace = await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await page.goto(`${workspace}/billing`);
  await page.getByRole("link", { name: "Continue or cancel it" }).click();
  await expect(page.getByRole("timer")).toHaveText(/min left$/);
  await page.getByRole("button", { name: "Cancel checkout" }).click();
  await expectHeading(page, "This checkout has ended");
  await context.close();
});
