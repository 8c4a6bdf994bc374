import type { TestStack } from "../support/stack";
import { expect, test } from "../support/browser";
import {
  choosePlan,
  expectHeading,
  expectReportsOpen,
  fillCard,
  openTab,
  pay,
  signUp,
} from "./acts";

// Pausing concerns the whole emulator, so what needs webhooks runs after it, in this file.
test.describe.configure({ mode: "serial" });

test.afterAll(async ({ stack }) => {
  await pauseWebhooks(stack, false);
});

test("while webhooks are lost, the return page alone gives access", async ({
  page,
  stack,
}) => {
  await pauseWebhooks(stack, true);
  await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  await page.getByRole("link", { name: "Go to your workspace" }).click();
  await expectReportsOpen(page);
});

test("when the tab is closed right after paying, the webhook alone gives access", async ({
  page,
  context,
  stack,
}) => {
  await pauseWebhooks(stack, false);
  const workspace = await signUp(page);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await context.route("**/checkout/success*", (route) => route.abort());
  const returned = page.waitForRequest(/\/checkout\/success/);
  await fillCard(page);
  await page.getByRole("button", { name: /^(Pay|Subscribe)/ }).click();
  await returned;
  await page.close();

  const later = await context.newPage();
  await expect(async () => {
    await later.goto(`${workspace}/reports`);
    await expect(later.getByText("Show the numbers")).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 20_000 });
});

async function pauseWebhooks({ emulatorUrl }: TestStack, paused: boolean) {
  const answer = await fetch(`${emulatorUrl}/_emulator/webhooks`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ paused }),
  });
  expect(answer.ok).toBe(true);
}
