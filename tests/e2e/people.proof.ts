import { expect, test } from "../support/browser";
import {
  alert,
  chooseOwn,
  expectAccessible,
  expectHeading,
  input,
  mailedLink,
  newPerson,
  openTab,
  signIn,
  signOut,
  signUp,
  verifyEmail,
} from "./acts";
import { invite, otherBrowser } from "./inviting";

test("an invitation opened by somebody else says so, and lets them change accounts", async ({
  page,
  browser,
  baseURL,
  stack,
}) => {
  const [ada, bob, eve] = [newPerson(), newPerson(), newPerson()];
  await signUp(page, ada);
  await verifyEmail(page, stack.mailUrl, ada.email);
  await page.goto("/t");
  await invite(page, bob.email, "member");
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  const link = await mailedLink(stack.mailUrl, bob.email, /invites you to/);
  const guest = await otherBrowser(browser, baseURL);
  await signUp(guest, eve);
  await guest.goto(link);
  await expect(
    guest.getByText("This invitation is for another address."),
  ).toBeVisible();
  await expect(guest.getByText(bob.email)).toHaveCount(0);
  const header = guest.getByRole("banner");
  await expect(header.getByRole("link", { name: "Sign in" })).toHaveCount(0);
  await expect(header.getByRole("link", { name: "Your work" })).toBeVisible();
  await guest.getByRole("button", { name: /^Sign out and/ }).click();
  await expect(
    guest.getByRole("main").getByRole("link", { name: "Sign in" }),
  ).toBeVisible();

  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByRole("button", { name: "Withdraw invitation" }).click();
  await expect(
    page.getByText("Nobody is invited at the moment."),
  ).toBeVisible();
  await guest.goto(link);
  await expectHeading(guest, "This invitation is over");
});

test("several workspaces: one more is made, the menu switches, and the last one is come back to", async ({
  page,
}) => {
  const person = newPerson();
  const first = await signUp(page, person);
  await chooseOwn(page, "Workspaces");
  await expectHeading(page, "Workspaces");
  await input(page, "Workspace name").fill("Second Venture");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByText("Second Venture is on the Free")).toBeVisible();
  const second = new URL(page.url()).pathname;

  await page.getByRole("button", { name: /^Workspace Second/ }).click();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Ada Lovelace’s" }).click();
  await expect(page).toHaveURL(first);
  await page.goto("/t");
  await expect(page).toHaveURL(first);
  await page.goto(second);
  await signOut(page);
  await page.goto("/sign-in");
  await signIn(page, person);
  await expect(page).toHaveURL(second);

  await openTab(page, "Members");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(`${second}/members`);
});

test("sessions are seen and ended; the account's forms say what they did", async ({
  page,
  browser,
  baseURL,
  stack,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 422/);
  const person = newPerson();
  const workspace = await signUp(page, person);
  const phone = await otherBrowser(browser, baseURL);
  await phone.goto("/sign-in");
  await signIn(phone, person);
  await expect(phone).toHaveURL(workspace);

  await chooseOwn(page, "Account");
  await expectHeading(page, "Account");
  await expect(page.getByText("This session")).toHaveCount(1);
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("That session has ended.")).toBeVisible();
  await expect(page.getByRole("button", { name: "End session" })).toHaveCount(
    0,
  );
  await phone.reload();
  await expectHeading(phone, "Sign in");

  await input(page, "Name").fill("Ada King");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Your name is changed.")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Your account, Ada King" }),
  ).toBeVisible();

  await input(page, "Current password").fill("not it");
  await input(page, "New password").fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(alert(page, "This is not your password.")).toBeVisible();
  await expectAccessible(page);
  await input(page, "Current password").fill(person.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  const email = `new-${person.email}`;
  await input(page, "New address").fill(email);
  await page.locator("#email-password").fill("another long password");
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText("A link is on its way")).toBeVisible();
  const subject = /^Confirm your new email address/;
  await page.goto(await mailedLink(stack.mailUrl, email, subject));
  await expectHeading(page, "Your email address is confirmed");
  await page.goto("/account");
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
});
