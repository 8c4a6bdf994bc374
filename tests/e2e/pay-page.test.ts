import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import {
  alert,
  cards,
  expectAccessible,
  expectHeading,
  fillCard,
  post,
  sendNoHeaders,
  signUp,
} from "./acts";

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
