import { expect, test } from "../support/browser";
import {
  alert,
  expectAccessible,
  expectHeading,
  fillSignUp,
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

test("an invited stranger signs up, confirms, joins, and sees what the role allows", async ({
  page,
  browser,
  baseURL,
  stack,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 403/);
  const ada = newPerson();
  const bob = { ...newPerson(), name: "Bob Babbage" };
  const workspace = await signUp(page, ada);
  await invite(page, bob.email, "viewer");
  await expect(alert(page, "Confirm your email address first")).toBeVisible();
  await verifyEmail(page, stack.mailUrl, ada.email);
  await expectHeading(page, "Your email address is confirmed");
  await page.getByRole("link", { name: "Go on" }).click();
  await invite(page, bob.email, "viewer");
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  await expect(page.getByText(bob.email)).toBeVisible();
  await expect(page.getByText("2 of 2")).toBeVisible();
  await expectAccessible(page);

  const guest = await otherBrowser(browser, baseURL);
  const link = await mailedLink(stack.mailUrl, bob.email, /invites you to/);
  await guest.goto(link);
  await expectHeading(guest, "Join Ada Lovelace’s workspace");
  await expectAccessible(guest);
  await guest.getByRole("link", { name: "Create an account" }).click();
  await fillSignUp(guest, bob);
  await expect(guest.getByText("Confirm first that")).toBeVisible();
  await expectAccessible(guest);
  await verifyEmail(guest, stack.mailUrl, bob.email);
  await guest.getByRole("button", { name: /^Join/ }).click();
  await expect(guest).toHaveURL(workspace);

  await expect(
    guest.getByRole("navigation", { name: "Workspace" }).getByRole("link"),
  ).toHaveText(["Overview", "Projects", "Reports", "Members"]);
  await expect(
    guest
      .getByRole("main")
      .getByRole("link")
      .or(guest.getByRole("main").getByRole("button")),
    "nothing is offered that a viewer may not do",
  ).toHaveCount(0);
  await openTab(guest, "Projects");
  await expect(guest.getByText("Your role sees projects")).toBeVisible();
  await expect(
    guest.getByRole("button", { name: "Create project" }),
  ).toHaveCount(0);
  await openTab(guest, "Reports");
  await expect(guest.getByText("An owner of this workspace")).toBeVisible();
  await expect(guest.getByRole("link", { name: "See plans" })).toHaveCount(0);
  const billing = await guest.goto(`${workspace}/billing`);
  expect(billing?.status()).toBe(404);
  await guest.goto(`${workspace}/members`);
  await expect(
    guest.getByRole("button", { name: "Send invitation" }),
  ).toHaveCount(0);
  await expectAccessible(guest);

  await page.reload();
  const line = page.getByRole("listitem").filter({ hasText: "Bob Babbage" });
  await line.getByRole("combobox").selectOption("member");
  await line.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("The role is changed.")).toBeVisible();
  await line.getByRole("button", { name: "Remove" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove Bob Babbage" }).click();
  await expect(page.getByText("That person is no longer")).toBeVisible();
  await expect(line).toHaveCount(0);
  const gone = await guest.goto(workspace);
  expect(gone?.status()).toBe(404);
});

test("a forgotten password is set anew by the mailed link", async ({
  page,
  stack,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 410/);
  const person = newPerson();
  await signUp(page, person);
  await signOut(page);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expectHeading(page, "Choose a new password");
  await input(page, "Email").fill(person.email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expectHeading(page, "Look in your inbox");
  await expectAccessible(page);
  const subject = /^Choose a new password/;
  const link = await mailedLink(stack.mailUrl, person.email, subject);
  await page.goto(link);
  await expectAccessible(page);
  await input(page, "New password").fill("another long password");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set.")).toBeVisible();
  await signIn(page, { ...person, password: "another long password" });
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();

  await page.goto(link);
  await input(page, "New password").fill("a third long password");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(alert(page, "This link has expired")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("inviting, changing a name and a password, and resetting it work", async ({
    page,
    stack,
  }) => {
    const person = newPerson();
    await signUp(page, person);
    await page.getByRole("button", { name: "Send it again" }).click();
    await verifyEmail(page, stack.mailUrl, person.email);
    await page.goto("/t");
    const guest = newPerson().email;
    await invite(page, guest, "member");
    await expect(page.getByText("The invitation is on its way.")).toBeVisible();
    await invite(page, newPerson().email, "member");
    await expect(alert(page, "Your plan's limit is reached.")).toBeVisible();
    await page.getByText("Withdraw", { exact: true }).click();
    await page.getByRole("button", { name: "Withdraw invitation" }).click();
    await expect(page.getByText("The invitation is withdrawn.")).toBeVisible();

    await page.goto("/account");
    await input(page, "Name").fill("Ada King");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Your name is changed.")).toBeVisible();
    await input(page, "Current password").fill("not it");
    await input(page, "New password").fill("another long password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(alert(page, "This is not your password.")).toBeVisible();
    await input(page, "Current password").fill(person.password);
    await input(page, "New password").fill("another long password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed.")).toBeVisible();

    await page.goto("/workspaces");
    await input(page, "Workspace name").fill("Second Venture");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect(page.getByText("Second Venture is on the Free")).toBeVisible();
    await page.locator("summary").filter({ hasText: "Second" }).click();
    await page.getByRole("link", { name: "All workspaces" }).click();
    await expectHeading(page, "Workspaces");

    await page.context().clearCookies();
    await page.goto("/forgot");
    await input(page, "Email").fill(person.email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await expectHeading(page, "Look in your inbox");
    const subject = /^Choose a new password/;
    await page.goto(await mailedLink(stack.mailUrl, person.email, subject));
    await input(page, "New password").fill("a third long password");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Your new password is set.")).toBeVisible();
  });
});
