import { expect, test } from "../support/browser";
import {
  cards,
  expectAccessible,
  expectHeading,
  fillCard,
  newPerson,
  sendNoHeaders,
  signUp,
  verifyEmail,
} from "./acts";

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
