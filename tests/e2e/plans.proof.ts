import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { expect, test as base } from "../support/browser";
import { payHostedPage } from "../support/hosted-page";
import { startTestStack } from "../support/stack";
import {
  alert,
  expectAccessible,
  expectHeading,
  newPerson,
  openTab,
  signUp,
  type Person,
} from "./acts";

type OwnStack = Awaited<ReturnType<typeof startTestStack>>;
let own: OwnStack;

// Time moves here for everybody, so these stories have a stack of their own.
const test = base.extend<object, { ownStack: OwnStack }>({
  ownStack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads this pattern and insists on one
    async ({}, provide) => {
      own = await startTestStack();
      await provide(own);
      await own.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  stack: async ({ ownStack }, provide) => provide(ownStack.shared),
});
base.describe.configure({ mode: "serial" });

const day = 24 * 60 * 60;

function stripe(): Stripe {
  const { hostname, port } = new URL(own.shared.emulatorUrl);
  return new Stripe("sk_test_turnpike_emulator", {
    host: hostname,
    port: Number(port),
    protocol: "http",
  });
}

async function control(path: string, body?: object) {
  const answer = await fetch(`${own.shared.emulatorUrl}/_emulator/${path}`, {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return (await answer.json()) as {
    clock: { now: number };
    pending_deliveries: unknown[];
  };
}

async function delivered() {
  const waiting = async () => (await control("state")).pending_deliveries;
  await expect.poll(waiting, { timeout: 30_000 }).toEqual([]);
}

async function later(seconds: number) {
  await control("clock", { advance_seconds: seconds });
  await delivered();
}

/** Somebody new with a paid Pro, on their billing page. */
async function subscriber(page: Page): Promise<Person> {
  const person = newPerson();
  await signUp(page, person);
  // What sign-ups are counted by would go to Stripe.js as well, which takes no headers of ours.
  await page.context().setExtraHTTPHeaders({});
  const answer = await page.request.post("/api/checkout", {
    data: { priceId: "pro_monthly" },
    headers: { origin: own.shared.appUrl },
  });
  const { url } = (await answer.json()) as { url: string };
  await payHostedPage(url);
  await delivered();
  await openTab(page, "Billing");
  return person;
}

async function subscriptionOf({ email }: Person): Promise<Stripe.Subscription> {
  const [customer] = (await stripe().customers.list({ email })).data;
  const { data } = await stripe().subscriptions.list({
    customer: customer?.id ?? "",
  });
  const [one] = data;
  if (!one) throw new Error("nothing is subscribed");
  return one;
}

async function useCard(person: Person, card: string) {
  const { id, customer } = await subscriptionOf(person);
  const owner = typeof customer === "string" ? customer : customer.id;
  const method = await stripe().paymentMethods.attach(card, {
    customer: owner,
  });
  await stripe().subscriptions.update(id, {
    default_payment_method: method.id,
  });
  await delivered();
}

async function renewalOf(person: Person) {
  const { items } = await subscriptionOf(person);
  const { clock } = await control("state");
  const end = items.data[0]?.current_period_end ?? 0;
  await later(end - clock.now + 2 * 3600);
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
  await useCard(person, "pm_card_chargeCustomerFail");
  await renewalOf(person);
  await useCard(person, "pm_card_authenticationRequired");
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
  await useCard(person, "pm_card_chargeCustomerFail");
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
