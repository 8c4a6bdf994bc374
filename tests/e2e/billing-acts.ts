import type { Page } from "@playwright/test";
import type Stripe from "stripe";
import { expect } from "../support/browser";
import { payHostedPage } from "../support/hosted-page";
import { expectAccessible, newPerson, post, signUp, type Person } from "./acts";
import { control, delivered, later, stripe } from "./own-stack";

export const day = 24 * 60 * 60;

/** To two hours after the period's end: the draft hour is over, and the charge was tried. */
export async function renewalOf(person: Person) {
  const { items } = await subscriptionOf(person);
  const { clock } = await control("state");
  const end = items.data[0]?.current_period_end ?? 0;
  await later(end - clock.now + 2 * 3600);
}

/** Somebody new who has bought this, by the same routes as the page uses. */
export async function buyer(page: Page, priceId: string): Promise<Person> {
  const person = newPerson();
  await signUp(page, person);
  // What sign-ups are counted by would go to Stripe.js as well, which takes no headers of ours.
  await page.context().setExtraHTTPHeaders({});
  const answer = await post(page, "/api/checkout", { priceId });
  const { url } = (await answer.json()) as { url: string };
  await payHostedPage(url);
  await delivered();
  return person;
}

type Named = Pick<Person, "email">;

export async function customerOf({ email }: Named): Promise<string> {
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

export async function subscriptionOf(
  person: Named,
): Promise<Stripe.Subscription> {
  const customer = await customerOf(person);
  const [one] = (await stripe().subscriptions.list({ customer })).data;
  if (!one) throw new Error("nothing is subscribed");
  return one;
}

/** From now on the plan is charged to this card. */
export async function changeCard(person: Person, card: string) {
  const customer = await customerOf(person);
  const { id } = await stripe().paymentMethods.attach(card, { customer });
  const plan = await subscriptionOf(person);
  await stripe().subscriptions.update(plan.id, { default_payment_method: id });
  await delivered();
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
