import type { Locator, Page } from "@playwright/test";
import { expect } from "../support/browser";
import { alert, expectAccessible, expectHeading, signUp } from "./acts";
import {
  buyer,
  changeCard,
  day,
  expectState,
  openBilling,
  payOpenInvoice,
  renewalOf,
} from "./billing-acts";
import { control, later, test } from "./own-stack";

test.describe.configure({ mode: "serial" });

test("free: what it costs and the plans to choose from", async ({ page }) => {
  await signUp(page);
  await expectState(page, {
    plan: [/Free/, /Costs nothing/],
    act: "Choose Pro",
  });
});

test("active: the next charge to the cent and the day, and its card", async ({
  page,
}) => {
  await buyer(page, "pro_monthly");
  await expectState(page, {
    plan: [
      /Pro/,
      /Active/,
      /Renews on \d+ \w+ \d{4} for \$29\.00\./,
      /Visa ending in 4242, expires 12\/2034/,
    ],
    act: "Change plan",
  });
});

/** Goes on by Tab alone until this has the focus, and says what was pressed. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((node) => node === document.activeElement))
      return;
  }
  throw new Error("the keyboard does not reach it");
}

async function press(
  page: Page,
  role: "button" | "link",
  name: string | RegExp,
) {
  await tabTo(page, page.getByRole(role, { name }).first());
  await page.keyboard.press("Enter");
}

async function type(page: Page, label: string, text: string) {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.type(text);
}

test("a plan is bought, cancelled and resumed by keyboard alone", async ({
  page,
}) => {
  test.slow();
  await signUp(page);
  await openBilling(page);
  await press(page, "button", "Choose Pro");
  await expect(page.getByLabel("Card number")).toBeVisible();
  await type(page, "Card number", "4242424242424242");
  await type(page, "Expiry", "1234");
  await type(page, "CVC", "123");
  await type(page, "Name on card", "Ada Lovelace");
  await press(page, "button", /^Subscribe/);
  await expect(
    page.getByRole("heading", { name: "You are on Pro." }),
  ).toBeVisible({ timeout: 30_000 });
  await press(page, "link", "Plan and invoices");
  await expect(page.getByText(/Renews on .* for \$29\.00\./)).toBeVisible();

  await press(page, "button", "Cancel Pro");
  const dialog = page.getByRole("dialog", { name: "Cancel Pro?" });
  await expect(dialog).toContainText(/You keep Pro until/);
  await press(page, "button", /^Cancel on/);
  await expect(dialog).toHaveCount(0);
  await expectState(page, {
    plan: [
      /Ending/,
      /Ends on .*\. Until then you keep Pro; it does not renew\./,
    ],
    act: "Resume Pro",
  });
  await expect(page.getByRole("button", { name: "Cancel Pro" })).toHaveCount(0);

  await press(page, "button", "Resume Pro");
  await expect(page.getByText(/Renews on .* for \$29\.00\./)).toBeVisible();
});

test("past due, then unpaid, then mended by paying the open invoice", async ({
  page,
}) => {
  test.slow();
  await control("billing", { retry_days: [1], after_retries: "unpaid" });
  const person = await buyer(page, "pro_monthly");
  await changeCard(person, "pm_card_chargeCustomerFail");
  await renewalOf(person);
  await expectState(page, {
    plan: [/Past due/, /The last payment failed/],
    banner: /^Your last payment failed/,
    act: "Pay $29.00",
  });
  await later(2 * day);
  await expectState(page, {
    plan: [/Unpaid/],
    banner: /^Pro is switched off/,
    act: "Pay $29.00",
  });
  const plan = page.getByRole("region", { name: "Your plan" });
  await expect(
    plan.getByRole("button", { name: "Update payment method" }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Pay $29.00" }).click();
  await expectHeading(page, "Pay $29.00");
  await expectAccessible(page);
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
    375,
  );
  await page.getByRole("link", { name: "Overview" }).click();
  const banner = page.getByRole("region", { name: "Pro is switched off" });
  await banner.getByRole("link", { name: "Go to billing" }).click();
  await expect(page).toHaveURL(/\/billing$/);
  await changeCard(person, "pm_card_visa");
  await payOpenInvoice(person);
  await expectState(page, {
    plan: [/Active/, /Renews on/],
    act: "Change plan",
  });
});

test("with the provider down every page answers, and money is refused in words", async ({
  page,
  ownStack,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 503/);
  test.slow();
  await buyer(page, "pro_monthly");
  const [, , slug] = new URL(page.url()).pathname.split("/");
  await ownStack.stopEmulator();
  for (const path of [
    "",
    "/projects",
    "/reports",
    "/billing",
    "/billing/invoices",
    "/billing/purchases",
    "/members",
    "/settings",
    "/audit",
  ]) {
    const answer = await page.request.get(`/t/${slug}${path}`);
    expect([path, answer.status()]).toEqual([path, 200]);
  }
  await openBilling(page);
  await page.getByRole("button", { name: "Manage subscription" }).click();
  await expect(
    alert(page, "The payment provider does not answer. Nothing was charged."),
  ).toBeVisible({ timeout: 40_000 });
  await page.goto(`/t/${slug}/billing/change?price=business_monthly`);
  await expect(
    page.getByRole("region", { name: /^The payment provider does not answer/ }),
  ).toBeVisible({ timeout: 40_000 });
  await expectAccessible(page);
});
