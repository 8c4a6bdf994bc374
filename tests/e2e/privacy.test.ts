import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { alert, expectAccessible, newPerson, signIn, signUp } from "./acts";
import { signedInLongAgo } from "./signed-in-long-ago";

/** What the link saves. */
async function download(page: Page, link: string) {
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).click();
  const file = await saving;
  return {
    name: file.suggestedFilename(),
    content: JSON.parse(await readFile(await file.path(), "utf8")) as object,
  };
}

/** With the password where signing in was a while ago. */
async function deleteAccount(page: Page, password?: string) {
  const dialog = page.getByRole("dialog");
  if (!(await dialog.isVisible()))
    await page.getByRole("button", { name: "Delete your account" }).click();
  await expect(dialog).toBeVisible();
  const asked = dialog.getByLabel("Your password");
  if (password) await asked.fill(password);
  else await expect(asked).toHaveCount(0);
  await dialog.getByRole("button", { name: "Delete account" }).click();
}

test("a person takes their data along, deletes the workspace, then the account", async ({
  page,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of (409|422|401)/);
  const person = newPerson();
  const workspace = await signUp(page, person);
  await page.goto(`${workspace}/settings`);
  const slug = workspace.split("/").at(-1);
  expect(await download(page, "Download everything as JSON")).toMatchObject({
    name: `${slug}.json`,
    content: { workspace: { slug }, people: [{ email: person.email }] },
  });

  await signedInLongAgo(person);
  await page.goto("/account");
  expect(
    await download(page, "Download what is kept of you as JSON"),
  ).toMatchObject({
    name: "account.json",
    content: { person: { email: person.email } },
  });
  await deleteAccount(page, "guess");
  await expect(alert(page, "This is not your password")).toBeVisible();
  await expectAccessible(page);
  await deleteAccount(page, person.password);
  await expect(alert(page, "You are the only owner")).toBeVisible();

  await page.goto(`${workspace}/settings`);
  await page.getByRole("button", { name: "Delete this workspace" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/to confirm$/).fill(`${person.name}’s workspace`);
  await dialog.getByLabel("Your password").fill(person.password);
  await dialog.getByRole("button", { name: "Delete workspace" }).click();
  await page.waitForURL("/t");
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await signIn(page, person);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.goto("/account");
  await deleteAccount(page);
  await page.waitForURL("/");
  await page.goto("/account");
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(alert(page, "Email or password is wrong")).toBeVisible();
});
