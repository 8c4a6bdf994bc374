import type { Locator, Page } from "@playwright/test";
import Stripe from "stripe";
import { expect, test as base } from "../support/browser";
import { payHostedPage } from "../support/hosted-page";
import { startTestStack } from "../support/stack";
import {
  alert,
  expectAccessible,
  newPerson,
  post,
  signUp,
  type Person,
} from "./acts";

const day = 24 * 60 * 60;

base.describe.configure({ mode: "serial" });

type OwnStack = Awaited<ReturnType<typeof startTestStack>>;
let own: OwnStack;

// Time moves here for everybody, so these tests have a stack of their own.
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
    ...(body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  return (await answer.json()) as {
    clock: { now: number };
    pending_deliveries: unknown[];
  };
}

async function delivered() {
  await expect
    .poll(async () => (await control("state")).pending_deliveries.length, {
      timeout: 30_000,
    })
    .toBe(0);
}

async function later(seconds: number) {
  await control("clock", { advance_seconds: seconds });
  await delivered();
}

/** To two hours after the period's end: the draft hour is over, and the charge was tried. */
async function renewalOf(person: Person) {
  const id = await subscriptionOf(person);
  const { items } = await stripe().subscriptions.retrieve(id);
  const { clock } = await control("state");
  const end = items.data[0]?.current_period_end ?? 0;
  await later(end - clock.now + 2 * 3600);
}

/** Somebody new who has bought this, by the same routes as the page uses. */
async function buyer(page: Page, priceId: string): Promise<Person> {
  const person = newPerson();
  await signUp(page, person);
  const answer = await post(page, "/api/checkout", { priceId });
  const { url } = (await answer.json()) as { url: string };
  await payHostedPage(url);
  await delivered();
  return person;
}

async function customerOf({ email }: Person): Promise<string> {
  const { data } = await stripe().customers.list({ email });
  return data[0]?.id ?? "";
}

/** A subscription made in the Dashboard. */
async function subscribe(
  person: Person,
  params: Omit<Stripe.SubscriptionCreateParams, "customer"> & {
    card?: string;
  } = {},
) {
  const { card, ...rest } = params;
  const customer = await customerOf(person);
  const { data } = await stripe().prices.list({ lookup_keys: ["pro_monthly"] });
  const method =
    card && (await stripe().paymentMethods.attach(card, { customer }));
  const subscription = await stripe().subscriptions.create({
    customer,
    items: [{ price: data[0]?.id ?? "" }],
    ...(method && { default_payment_method: method.id }),
    ...rest,
  });
  await delivered();
  return subscription;
}

async function subscriptionOf(person: Person) {
  const { data } = await stripe().subscriptions.list({
    customer: await customerOf(person),
  });
  return data[0]?.id ?? "";
}

/** From now on the plan is charged to this card. */
async function changeCard(person: Person, card: string) {
  const customer = await customerOf(person);
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().subscriptions.update(await subscriptionOf(person), {
    default_payment_method: id,
  });
}

async function payOpenInvoice(person: Person) {
  const customer = await customerOf(person);
  const { data } = await stripe().invoices.list({ customer, status: "open" });
  await stripe().invoices.pay(data[0]?.id ?? "");
  await delivered();
}

async function openBilling(page: Page) {
  const { pathname } = new URL(page.url());
  const [, , slug] = pathname.split("/");
  const answer = await page.goto(`/t/${slug}/billing`);
  expect(answer?.status()).toBe(200);
}

/** What the page says of the plan, the one act it offers, and that everybody can use it. */
async function expectState(
  page: Page,
  state: { plan: RegExp[]; banner?: RegExp; act: string },
) {
  await openBilling(page);
  const plan = page.getByRole("region", { name: "Your plan" });
  for (const words of state.plan) await expect(plan).toContainText(words);
  const banner = page.getByRole("region", { name: state.banner ?? /^$/ });
  await expect(banner).toHaveCount(state.banner ? 1 : 0);
  const place = state.banner ? banner : page.locator("main");
  const act = place
    .getByRole("button", { name: state.act, exact: true })
    .or(place.getByRole("link", { name: state.act, exact: true }));
  await expect(act.first()).toBeVisible();
  for (const [width, height] of [
    [375, 812],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const wider = () => document.documentElement.scrollWidth - innerWidth;
    expect(await page.evaluate(wider), `scrolls sideways at ${width}`).toBe(0);
  }
  await expect(
    page.getByRole("heading", { name: "Invoices" }),
  ).toBeInViewport();
  await expectAccessible(page);
}

test("free: what it costs and the plans to choose from", async ({ page }) => {
  await signUp(page);
  await expectState(page, {
    plan: [/Free/, /Costs nothing/],
    act: "Choose Pro",
  });
});

test("one-time purchases only: free, with what was bought", async ({
  page,
}) => {
  await buyer(page, "onboarding_session");
  await expectState(page, {
    plan: [/Free/, /What you have bought stands below/],
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
  await expect(page.getByRole("heading", { name: "Cancel Pro" })).toBeVisible();
  await press(page, "button", "Cancel subscription");
  await expect(page).toHaveURL(/\/billing$/);
  await expectState(page, {
    plan: [
      /Ending/,
      /Ends on .*\. Until then you keep Pro; it does not renew\./,
    ],
    act: "Resume Pro",
  });
  await expect(page.getByRole("button", { name: "Cancel Pro" })).toHaveCount(0);

  await press(page, "button", "Resume Pro");
  await press(page, "button", "Renew subscription");
  await press(page, "link", /^Return/);
  await expect(page.getByText(/Renews on .* for \$29\.00\./)).toBeVisible();
});

test("on trial without a card, then paused", async ({ page }) => {
  test.slow();
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, {
    trial_period_days: 14,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  await expectState(page, {
    plan: [/On trial/, /Free until .*, then \$29\.00 per month/],
    banner: /^Your trial ends on/,
    act: "Add a payment method",
  });
  await later(15 * day);
  await expectState(page, {
    plan: [/Paused/, /Nothing is charged while it is paused/],
    banner: /^Pro is paused/,
    act: "Resume Pro",
  });
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

test("incomplete: the first payment failed", async ({ page }) => {
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, { card: "pm_card_chargeCustomerFail" });
  await expectState(page, {
    plan: [/Incomplete/, /once the first payment succeeds/],
    banner: /^The first payment is not complete/,
    act: "Pay $29.00",
  });
});

test("action required: the bank wants a confirmation", async ({ page }) => {
  const person = await buyer(page, "onboarding_session");
  await subscribe(person, { card: "pm_card_authenticationRequired" });
  await expectState(page, {
    plan: [/Incomplete/],
    banner: /^Your bank wants you to confirm a payment/,
    act: "Confirm payment",
  });
});

test("two plans at once are said, not hidden", async ({ page }) => {
  const person = await buyer(page, "pro_monthly");
  await subscribe(person, { card: "pm_card_visa" });
  await expectState(page, {
    plan: [/Also Pro: Renews on/],
    banner: /^Two plans are being paid/,
    act: "Manage subscription",
  });
});

test("with the provider down every page answers, and money is refused in words", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 503/);
  test.slow();
  await buyer(page, "pro_monthly");
  const [, , slug] = new URL(page.url()).pathname.split("/");
  await own.stopEmulator();
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
    const answer = await page.goto(`/t/${slug}${path}`);
    expect([path, answer?.status()]).toEqual([path, 200]);
  }
  await openBilling(page);
  await page.getByRole("button", { name: "Change plan" }).click();
  await expect(
    alert(page, "The payment provider does not answer. Nothing was charged."),
  ).toBeVisible({ timeout: 40_000 });
  await expectAccessible(page);
});
