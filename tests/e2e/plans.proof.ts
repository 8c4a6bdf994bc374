import type { Page } from "@playwright/test";
import { expect } from "../support/browser";
import {
  alert,
  expectAccessible,
  expectHeading,
  openTab,
  type Person,
} from "./acts";
import {
  buyer,
  changeCard,
  day,
  renewalOf,
  subscriptionOf,
} from "./billing-acts";
import { delivered, later, stripe, test } from "./own-stack";

test.describe.configure({ mode: "serial" });

/** Somebody new with a paid Pro, on their billing page. */
async function subscriber(page: Page): Promise<Person> {
  const person = await buyer(page, "pro_monthly");
  await openTab(page, "Billing");
  return person;
}

function plan(page: Page) {
  return page.getByRole("region", { name: "Your plan" });
}

/** From the billing page to what a choice costs. */
async function look(page: Page, choice: RegExp) {
  await plan(page).getByRole("link", { name: "Change plan" }).click();
  await page.getByRole("radio", { name: choice }).check();
  await page.getByRole("button", { name: "See what it costs" }).click();
}

async function newestAmount(page: Page): Promise<string> {
  const row = page
    .getByRole("table", { name: "Invoices" })
    .getByRole("row")
    .nth(1);
  return (await row.getByRole("cell").last().innerText()).trim();
}

test("an upgrade charges what it has shown, to the cent; the page itself becomes the new state", async ({
  page,
}) => {
  test.slow();
  const person = await subscriber(page);
  await later(11 * day + 4321);
  await look(page, /^Business, \$99\.00 per month/);
  await expectHeading(page, "Change to Business");
  const said = await page.getByText(/^You pay \$/).innerText();
  const [, due] = /You pay (\$[\d.]+) today, then \$99\.00 on/.exec(said) ?? [];
  expect(due).toBeDefined();
  await page.getByText("How this amount comes about").click();
  await expect(page.getByText(/^Unused time on Pro/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Change to Business" }).click();
  await expect(page.getByText("The plan is changed.")).toBeVisible();
  await expect(plan(page)).toContainText(/Business.*Active/s);
  await delivered();
  await page.reload();
  expect(await newestAmount(page)).toBe(due);
  await page.getByRole("link", { name: /^See the next charge/ }).click();
  await expect(page.getByText(/^\$99\.00 for Business on/)).toBeVisible();
  expect((await subscriptionOf(person)).status).toBe("active");
});

test("a downgrade waits for the end of what is paid, says what is lost, and is undone", async ({
  page,
}) => {
  test.slow();
  await subscriber(page);
  await look(page, /^Business, \$99\.00 per month/);
  await page.getByRole("button", { name: "Change to Business" }).click();
  await expect(plan(page)).toContainText("Business");
  await look(page, /^Pro, \$29\.00 per month/);
  await expect(
    page.getByText(/^You pay nothing today, then \$29\.00 on/),
  ).toBeVisible();
  await expect(
    page.getByText(/does not include: Priority support/),
  ).toBeVisible();
  await page.getByRole("button", { name: /^Change to Pro on/ }).click();
  await expect(plan(page)).toContainText(/Changes to Pro on/);
  await expectAccessible(page);
  await plan(page).getByRole("button", { name: "Keep Business" }).click();
  await expect(plan(page)).not.toContainText(/Changes to Pro/);
  await expect(plan(page)).toContainText(/Renews on .* for \$99\.00/);
});

test("a failed renewal is paid with a card whose bank asks, on our own page", async ({
  page,
}) => {
  test.slow();
  const person = await subscriber(page);
  await changeCard(person, "pm_card_chargeCustomerFail");
  await renewalOf(person);
  await changeCard(person, "pm_card_authenticationRequired");
  await page.reload();
  await page.getByRole("link", { name: "Pay $29.00" }).click();
  await expectHeading(page, "Pay $29.00");
  await page.getByRole("radio").first().check(); // the newest
  await page.getByRole("button", { name: "Pay $29.00" }).click();
  const confirm = page.getByRole("button", {
    name: "Confirm $29.00 with your bank",
  });
  await confirm.click();
  const bank = page.getByRole("dialog").locator("iframe").contentFrame();
  await bank.getByRole("button", { name: "Fail authentication" }).click();
  await expect(alert(page, "Your bank did not confirm")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Pay $29.00", exact: true }).click();
  await expect(alert(page, "Your bank did not confirm")).toHaveCount(0);
  await confirm.click();
  const again = page.getByRole("dialog").locator("iframe").contentFrame();
  await again.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByText("The payment is done.")).toBeVisible();
  await expect(plan(page)).toContainText(/Active/);
});

test("an upgrade that the card does not pay grants nothing, and is dropped or paid", async ({
  page,
}) => {
  test.slow();
  const person = await subscriber(page);
  await changeCard(person, "pm_card_chargeCustomerFail");
  await look(page, /^Business, \$99\.00 per month/);
  await page.getByRole("button", { name: "Change to Business" }).click();
  await expect(page).toHaveURL(/\/billing\/pay\/in_/);
  await page.getByRole("link", { name: "Back to billing" }).click();
  await expect(
    page.getByRole("region", {
      name: "The change to Business is not paid yet",
    }),
  ).toBeVisible();
  await expect(plan(page)).toContainText("Pro");
  await expectAccessible(page);
  await plan(page).getByRole("button", { name: "Keep Pro" }).click();
  await expect(
    page.getByRole("region", {
      name: "The change to Business is not paid yet",
    }),
  ).toHaveCount(0);
  await expect(plan(page)).toContainText(/Renews on .* for \$29\.00/);
});

test("two owners in two tabs: the second sees what it costs now before anything is charged", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 409/);
  test.slow();
  const person = await subscriber(page);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await look(page, /^Business, \$99\.00 per month/);
  await look(second, /^Pro, \$290\.00 per year/);
  await page.getByRole("button", { name: "Change to Business" }).click();
  await expect(plan(page)).toContainText("Business");
  await second.getByRole("button", { name: "Change to Pro" }).click();
  await expect(
    alert(second, "What this costs has changed since it was shown."),
  ).toBeVisible();
  await expect(
    second.getByText(/^You pay nothing today, then \$290\.00 on/),
  ).toBeVisible();
  const { items } = await subscriptionOf(person);
  expect(items.data[0]?.price.unit_amount).toBe(9900);
});

test("who comes back begins a plan with the saved card", async ({ page }) => {
  test.slow();
  const person = await subscriber(page);
  const {
    id,
    customer,
    default_payment_method: card,
  } = await subscriptionOf(person);
  if (typeof customer !== "string" || typeof card !== "string")
    throw new Error("nothing is expanded");
  await stripe().customers.update(customer, {
    invoice_settings: { default_payment_method: card },
  });
  await stripe().subscriptions.cancel(id);
  await delivered();
  await page.reload();
  await page.getByRole("link", { name: "Pro by the month" }).click();
  await expectHeading(page, "Pro for $29.00 per month");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begin Pro and pay" }).click();
  await expect(page.getByText("The plan is running.")).toBeVisible();
  await expect(plan(page)).toContainText(/Renews on .* for \$29\.00/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a plan is changed, cancelled with a reason, and resumed", async ({
    page,
  }) => {
    test.slow();
    const person = await subscriber(page);
    await look(page, /^Business, \$99\.00 per month/);
    await page.getByRole("button", { name: "Change to Business" }).click();
    await expect(page.getByText("The plan is changed.")).toBeVisible();
    await page.getByText("Cancel Business", { exact: true }).click();
    await page.getByLabel("Why? (optional)").selectOption("unused");
    await page.getByRole("button", { name: /^Cancel on/ }).click();
    await expect(page.getByText("The plan will end.")).toBeVisible();
    const { cancellation_details: why } = await subscriptionOf(person);
    expect(why?.feedback).toBe("unused");
    await page.getByRole("button", { name: "Resume Business" }).click();
    await expect(page.getByText("The plan is running.")).toBeVisible();
  });
});
