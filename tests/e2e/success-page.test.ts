import { checkAxe, expect, test } from "../support/browser";
import {
  buyPro,
  choosePlan,
  expectAccessible,
  expectHeading,
  keepPaymentUnknown,
  openTab,
  pay,
  signUp,
} from "./acts";

test("another person's session id shows nothing", async ({
  page,
  browser,
  stack,
}) => {
  await signUp(page);
  await buyPro(page);

  const elsewhere = await browser.newContext({ baseURL: stack.appUrl });
  const stranger = await elsewhere.newPage();
  await stranger.goto(page.url());
  await expectHeading(stranger, "Sign in");
  await signUp(stranger);
  const answer = await stranger.goto(page.url());
  expect(answer?.status()).toBe(200);
  await expectHeading(stranger, "No purchase to show here");
  await expect(stranger.getByText(/\$|Pro\b/)).toHaveCount(0);
  await elsewhere.close();
});

test("a malformed session id shows nothing", async ({ page }) => {
  await signUp(page);
  for (const query of [
    "",
    "?session_id=",
    "?session_id={CHECKOUT_SESSION_ID}",
    "?session_id=cs_test_a1%00b2c3d4e5f6",
    "?session_id=cs_test_0000000000000&session_id=sub_1",
    `?session_id=cs_test_${"a".repeat(2000)}`,
    "?session_id[]=cs_test_0000000000000",
  ]) {
    const answer = await page.request.get(`/checkout/success${query}`);
    expect(answer.status(), query).toBe(200);
    expect(await answer.text(), query).toContain("No purchase to show here");
  }
  await page.goto("/checkout/success");
  await expectHeading(page, "No purchase to show here");
  await expectAccessible(page);
});

test("an unpaid session says that it is open, and leads to its payment", async ({
  page,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  const id = /cs_test_\w+/.exec(page.url())?.[0];
  await page.goto(`/checkout/success?session_id=${id}`);
  await expectHeading(page, "Your checkout is still open");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Continue to payment" }).click();
  await pay(page);
  await expectHeading(page, "You are on Pro.");
});

test("while Stripe does not answer, it says confirming, and then goes on by itself", async ({
  page,
  stack,
}) => {
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await keepPaymentUnknown(page, stack.emulatorUrl);
  await pay(page);
  await expectHeading(page, "Confirming your payment");
  await checkAxe(page);
  await expect(
    page.getByRole("heading", { name: "You are on Pro." }),
  ).toBeVisible({ timeout: 40_000 });
});
