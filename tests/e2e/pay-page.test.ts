import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import {
  alert,
  cards,
  expectAccessible,
  expectHeading,
  fillCard,
  newPerson,
  post,
  signUp,
  verifyEmail,
} from "./acts";

/** What sign-ups are counted by would go to Stripe.js as well, which takes no headers of ours. */
async function sendNoHeaders(page: Page) {
  await page.context().setExtraHTTPHeaders({});
}

/** The page of a payment that was begun by a program of the shop's. */
async function openPayment(page: Page, workspace: string): Promise<string> {
  const answer = await post(page, "/api/payment-intents", {
    priceId: "onboarding_session",
    requestKey: crypto.randomUUID(),
  });
  const { id } = (await answer.json()) as { id: string };
  const path = `${workspace}/pay/${id}`;
  await page.goto(path);
  await expectHeading(page, "Pay $149.00");
  return path;
}

test("Stripe's card form on our page: declined in words, confirmed with the bank, paid once", async ({
  page,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of 402/);
  const workspace = await signUp(page);
  await sendNoHeaders(page);
  await openPayment(page, workspace);
  const form = page.frameLocator('iframe[title="Card details"]');
  const payIt = page.getByRole("button", { name: "Pay $149.00" });

  await fillCard(form, cards.declined);
  await payIt.click();
  await expect(
    alert(page, /was declined\. Nothing was charged\. Try another card/),
  ).toBeVisible();
  await expectAccessible(page);

  await fillCard(form, cards.threeDSecure);
  await payIt.click();
  await page
    .frameLocator('iframe[title="3D Secure"]')
    .getByRole("button", { name: "Complete authentication" })
    .click();
  await expectHeading(page, "$149.00 is paid");
  await expectAccessible(page);
  await page.goto(`${workspace}/billing/purchases`);
  await expect(
    page.getByRole("table", { name: "One-time purchases" }),
  ).toContainText("Onboarding session");
});

test("a card that needs no bank pays at once", async ({ page }) => {
  const workspace = await signUp(page);
  await sendNoHeaders(page);
  await openPayment(page, workspace);
  await fillCard(page.frameLocator('iframe[title="Card details"]'));
  await page.getByRole("button", { name: "Pay $149.00" }).click();
  await expectHeading(page, "$149.00 is paid");
});

test("staff charge a saved card off session; its bank asks, and its owner confirms", async ({
  page,
  stack,
}) => {
  test.slow();
  const staff = { ...newPerson(), email: "support@example.com" };
  const workspace = await signUp(page, staff);
  await sendNoHeaders(page);
  await verifyEmail(page, stack.mailUrl, staff.email);

  await test.step("a card is saved that asks its bank each time", async () => {
    await page.goto(`${workspace}/billing/payment-methods`);
    await page.getByRole("button", { name: "Add a payment method" }).click();
    await fillCard(page, cards.threeDSecure);
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByRole("button", { name: "Complete authentication" }).click();
    await page.goto(`${workspace}/billing/payment-methods`);
    await page.getByRole("button", { name: "Use for payments" }).click();
    await expect(page.getByText("Used for payments")).toBeVisible();
  });

  await test.step("staff charge it", async () => {
    await page.goto(`/admin/tenants?search=${encodeURIComponent(staff.email)}`);
    await page.getByRole("link", { name: /workspace$/ }).click();
    await page.getByRole("link", { name: "Ask for a payment" }).click();
    await expectHeading(page, "Charges");
    await page.getByLabel("What for").fill("Migration of your data");
    await page.getByLabel("Amount").fill("450.00");
    await page.getByLabel("The saved card is charged at once").check();
    await page.getByRole("button", { name: "Ask for this payment" }).click();
    await expect(
      page.getByText("The bank wants its customer to confirm it."),
    ).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("its owner confirms it at the bank", async () => {
    await page.goto(`${workspace}/billing`);
    await page.getByRole("link", { name: "Pay it" }).click();
    await expect(
      page.getByText("Your bank wants you to confirm this payment"),
    ).toBeVisible();
    await page
      .getByRole("form", { name: "Pay with a saved card" })
      .getByRole("button", { name: "Pay $450.00" })
      .click();
    await page.getByRole("button", { name: "Complete authentication" }).click();
    await expectHeading(page, "$450.00 is paid");
  });
});
