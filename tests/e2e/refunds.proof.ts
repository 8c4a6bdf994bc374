import type { Page } from "@playwright/test";
import { expect } from "../support/browser";
import {
  choosePlan,
  expectAccessible,
  expectHeading,
  newPerson,
  openTab,
  pay,
  signOut,
  signUp,
  verifyEmail,
} from "./acts";
import { delivered, test } from "./own-stack";

const disputing = "4000 0000 0000 0259";

/** Signs up and pays for Pro by this card; leads to the workspace's address. */
async function paid(page: Page, card?: string) {
  const person = newPerson();
  await signUp(page, person);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await pay(page, card);
  await expectHeading(page, "You are on Pro.");
  await delivered();
  await page.goto("/t");
  return person;
}

async function expectFitsPhone(page: Page) {
  await page.setViewportSize({ width: 375, height: 800 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(375);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Staff, in the window that somebody else has just left. */
async function openPayment(page: Page, email: string) {
  await page.goto("/admin/tenants");
  await page.getByRole("searchbox").fill(email);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: /workspace$/ }).click();
  await expectAccessible(page);
  await expectFitsPhone(page);
  const payments = page.getByRole("table", { name: "Payments" });
  await payments.getByRole("link", { name: "$29.00" }).click();
  await expectHeading(page, "Payment of $29.00");
}

test("staff refund a part, then the rest without JavaScript, and see a dispute; who paid reads of it", async ({
  page,
  stack,
  browser,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of (409|422)/);
  const ada = await paid(page);
  await signOut(page);
  const bob = await paid(page, disputing);

  await test.step("whose bank claims the money back reads what that means", async () => {
    await openTab(page, "Billing");
    await expect(
      page.getByText("A payment is claimed back through your bank"),
    ).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "See the payment" }).click();
    await expectHeading(page, "Payments");
    await expect(page.getByText("Disputed", { exact: true })).toBeVisible();
    await expect(page.getByText(/Ask your bank to withdraw it/)).toBeVisible();
    await expectAccessible(page);
    await expectFitsPhone(page);
  });
  await signOut(page);

  const sam = { ...newPerson(), email: "staff@example.com" };
  await signUp(page, sam);
  await verifyEmail(page, stack.mailUrl, sam.email);

  await test.step("a payment is given back in part, with its words", async () => {
    await openPayment(page, ada.email);
    await expectAccessible(page);
    await expectFitsPhone(page);
    const form = page.getByRole("form", { name: "Refund this payment" });
    await form.getByLabel("Amount in USD").fill("30");
    await form.getByRole("button", { name: "Refund this payment" }).click();
    await expect(form.getByText(/more than is left/).first()).toBeVisible();
    await form.getByLabel("Amount in USD").fill("12.50");
    await form.getByLabel("Reason").selectOption({ value: "duplicate" });
    await form.getByRole("button", { name: "Refund this payment" }).click();
    const refunds = page.getByRole("table", { name: "Refunds" });
    await expect(refunds.getByText("$12.50")).toBeVisible();
    await expect(page.getByText("Partly refunded")).toBeVisible();
    await expect(page.getByText("$16.50", { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("the time line says who did it, and fetches it from Stripe again", async () => {
    await page.getByRole("link", { name: /workspace$/ }).click();
    const line = page.getByRole("list", { name: "Time line" });
    await expect(line.getByText("refund.asked")).toBeVisible();
    await expect(line.getByText("mail.refunded").first()).toBeVisible();
    await page.getByRole("button", { name: "Fetch from Stripe again" }).click();
    await expect(line.getByText("workspace.resynced")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("a disputed payment says until when evidence is due, and is not refunded", async () => {
    await openPayment(page, bob.email);
    const disputes = page.getByRole("list", { name: "Disputes" });
    await expect(disputes.getByText("The bank has the money")).toBeVisible();
    await expect(disputes.getByText(/Send evidence/)).toBeVisible();
    await expect(
      page.getByRole("button", { name: "Refund this payment" }),
    ).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step("without JavaScript the rest is given back", async () => {
    const { cookies } = await page.context().storageState();
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      baseURL: stack.appUrl,
    });
    await plain.addCookies(cookies);
    const still = await plain.newPage();
    await still.goto(`/admin/tenants?search=${encodeURIComponent(ada.email)}`);
    await still.getByRole("link", { name: /workspace$/ }).click();
    await still.getByRole("link", { name: "$29.00" }).click();
    await still.getByRole("button", { name: "Refund this payment" }).click();
    await expect(still.getByText(/The refund is made/)).toBeVisible();
    await expect(still.getByText("Refunded", { exact: true })).toBeVisible();
    await plain.close();
  });
});
