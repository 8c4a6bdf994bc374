import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { expect, test as base } from "../support/browser";
import { payHostedPage } from "../support/hosted-page";
import { startTestStack } from "../support/stack";
import { expectAccessible, newPerson, post, signUp, type Person } from "./acts";

export const day = 24 * 60 * 60;

type OwnStack = Awaited<ReturnType<typeof startTestStack>>;
let own: OwnStack;

// Time moves here for everybody, so these tests have a stack of their own.
export const test = base.extend<object, { ownStack: OwnStack }>({
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

export async function control(path: string, body?: object) {
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

export async function later(seconds: number) {
  await control("clock", { advance_seconds: seconds });
  await delivered();
}

/** To two hours after the period's end: the draft hour is over, and the charge was tried. */
export async function renewalOf(person: Person) {
  const id = await subscriptionOf(person);
  const { items } = await stripe().subscriptions.retrieve(id);
  const { clock } = await control("state");
  const end = items.data[0]?.current_period_end ?? 0;
  await later(end - clock.now + 2 * 3600);
}

/** Somebody new who has bought this, by the same routes as the page uses. */
export async function buyer(page: Page, priceId: string): Promise<Person> {
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
export async function subscribe(
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
export async function changeCard(person: Person, card: string) {
  const customer = await customerOf(person);
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  await stripe().subscriptions.update(await subscriptionOf(person), {
    default_payment_method: id,
  });
}

export async function payOpenInvoice(person: Person) {
  const customer = await customerOf(person);
  const { data } = await stripe().invoices.list({ customer, status: "open" });
  await stripe().invoices.pay(data[0]?.id ?? "");
  await delivered();
}

export async function openBilling(page: Page) {
  const { pathname } = new URL(page.url());
  const [, , slug] = pathname.split("/");
  const answer = await page.goto(`/t/${slug}/billing`);
  expect(answer?.status()).toBe(200);
}

/** What the page says of the plan, the one act it offers, and that everybody can use it. */
export async function expectState(
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
