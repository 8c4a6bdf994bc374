import { randomInt, randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { checkAxe } from "../support/browser";
import { payHostedPage } from "../support/hosted-page";

export type Person = { name: string; email: string; password: string };

export const cards = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  threeDSecure: "4000 0027 6000 3184",
} as const;

export function newPerson(): Person {
  const email = `${randomUUID().slice(0, 12)}@example.com`;
  return { name: "Ada Lovelace", email, password: "correct horse battery" };
}

/** Sign-ups are counted by address, so each person comes from one of their own. */
async function comeFromElsewhere(page: Page) {
  const octets = [10, ...Array.from({ length: 3 }, () => randomInt(1, 255))];
  await page
    .context()
    .setExtraHTTPHeaders({ "X-Forwarded-For": octets.join(".") });
}

/** What sign-ups are counted by would go to Stripe.js as well, which takes no headers of ours. */
export async function sendNoHeaders(page: Page) {
  await page.context().setExtraHTTPHeaders({});
}

/** On the sign-up page, by whatever way one came there. */
export async function fillSignUp(page: Page, person: Person) {
  await comeFromElsewhere(page);
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
}

/** A new person in their own new workspace, by the route that the form posts to. Returns its address. */
export async function signUp(page: Page, person = newPerson()) {
  await comeFromElsewhere(page);
  await post(page, "/api/sign-up", person);
  await page.goto("/t");
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** As a page of the app posts, with the browser's cookies. */
export async function post(page: Page, path: string, data: object) {
  const headers = { "Sec-Fetch-Site": "same-origin" };
  const answer = await page.request.post(path, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer;
}

/** Pro for the workspace used last, without its pages up to the one that says so. Returns the session's id. */
export async function buyPro(page: Page) {
  const answer = await post(page, "/api/checkout", { priceId: "pro_monthly" });
  const { id, url } = (await answer.json()) as { id: string; url: string };
  const paid = await payHostedPage(url);
  await page.goto(paid.headers.get("location") ?? "");
  await expectHeading(page, "You are on Pro.");
  return id;
}

export async function signIn(page: Page, person: Person) {
  await input(page, "Email").fill(person.email);
  await input(page, "Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** One of the places or acts behind a person's name. */
export async function chooseOwn(
  page: Page,
  item: "Account" | "Workspaces" | "Sign out",
) {
  await page.getByRole("button", { name: /^Your account/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

export async function signOut(page: Page) {
  await chooseOwn(page, "Sign out");
  await expect(page).toHaveURL("/");
}

/** The address in the newest mail of that kind to somebody. */
export async function mailedLink(
  mailUrl: string,
  to: string,
  subject: RegExp,
): Promise<string> {
  const answer = await fetch(`${mailUrl}/messages.json?to=${to}`);
  const mails = (await answer.json()) as { subject: string; text: string }[];
  const mail = mails.find((one) => subject.test(one.subject));
  const link = /http:\/\/\S+/.exec(mail?.text ?? "")?.[0];
  if (!link) throw new Error(`no mail ${subject} with a link to ${to}`);
  return link;
}

/** Follows the link of the mail that asks whether this address is one's own. */
export async function verifyEmail(page: Page, mailUrl: string, email: string) {
  const subject = /^Confirm your email address/;
  await page.goto(await mailedLink(mailUrl, email, subject));
}

/** The input itself, where a form or a part of the page has the same words in its name. */
export function input(page: Page, label: string) {
  return page.locator("input").and(page.getByLabel(label));
}

export async function openTab(
  page: Page,
  name:
    | "Overview"
    | "Projects"
    | "Reports"
    | "Billing"
    | "Members"
    | "Settings"
    | "Audit log",
) {
  const tabs = page.getByRole("navigation", { name: "Workspace" });
  await tabs.getByRole("link", { name }).click();
  const title = name === "Overview" ? /^Welcome/ : name;
  await expect(
    page.getByRole("heading", { name: title, level: 1 }),
  ).toBeVisible();
}

/** From the billing page to the hosted one. */
export async function choosePlan(page: Page, name: "Pro" | "Business") {
  await page
    .getByRole("button", { name: new RegExp(`^(Choose|Try) ${name}`) })
    .click();
  await expect(page.getByLabel("Card number")).toBeVisible();
}

export async function fillCard(
  page: Pick<Page, "getByLabel">,
  number: string = cards.good,
) {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByLabel("Name on card").fill("Ada Lovelace");
}

export async function pay(page: Page, number: string = cards.good) {
  await fillCard(page, number);
  await page
    .getByRole("button", { name: /^(Pay|Subscribe|Start trial)/ })
    .click();
}

export async function expectHeading(page: Page, name: string) {
  const heading = page.getByRole("heading", { name, exact: true });
  await expect(heading).toBeVisible();
}

export async function expectReportsLocked(page: Page) {
  await openTab(page, "Reports");
  await expectHeading(page, "Reports are part of Pro");
  await expect(page.getByText("Show the numbers")).toHaveCount(0);
}

export async function expectReportsOpen(page: Page) {
  await openTab(page, "Reports");
  await expect(page.getByText("Show the numbers")).toBeVisible();
}

export async function openPortal(page: Page) {
  await page.getByRole("button", { name: "Manage subscription" }).click();
  await expectHeading(page, "Manage billing");
}

export async function leavePortal(page: Page) {
  await page.getByRole("link", { name: /^Return/ }).click();
  await expect(page).toHaveURL(/\/billing$/);
}

/** The hosted page's session is paid, but Stripe does not say so for the next few questions. */
export async function keepPaymentUnknown(page: Page, emulatorUrl: string) {
  const id = /cs_test_\w+/.exec(page.url())?.[0];
  const answer = await fetch(`${emulatorUrl}/_emulator/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      method: "GET",
      path: `/v1/checkout/sessions/${id}`,
      status: 500,
      count: 9,
    }),
  });
  expect(answer.ok).toBe(true);
}

/** An error in words, not Next's own announcer of pages. */
export function alert(page: Page, text: string | RegExp) {
  return page.getByRole("alert").filter({ hasText: text });
}

/** No violation that axe knows of, in light and in dark: between the two only colours differ. */
export async function expectAccessible(page: Page) {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await checkAxe(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await checkAxe(page, ["color-contrast"]);
}
