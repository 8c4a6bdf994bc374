import { expect, test } from "../support/browser";
import {
  alert,
  expectAccessible,
  expectHeading,
  fillSignUp,
  newPerson,
  openTab,
  signOut,
  signUp,
} from "./acts";

test("a wrong password is said in place; the right one signs in", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 401/);
  const person = newPerson();
  const workspace = await signUp(page, person);
  await signOut(page);

  await page.goto(`${workspace}/billing?price=pro_yearly`);
  await expectHeading(page, "Sign in");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(alert(page, "Email or password is wrong.")).toBeVisible();
  await expect(alert(page, /req_/)).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await expectAccessible(page);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("$290.00 per year")).toBeChecked();
});

test("an email that is taken is said, and what was typed stays", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 422/);
  const person = newPerson();
  await signUp(page, person);
  await page.context().clearCookies();
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await expect(alert(page, "This email cannot be used.")).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue(person.name);
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
  await page.getByRole("alert").getByRole("link", { name: "Sign in" }).click();
  await expectHeading(page, "Sign in");
});

test("a session that ended leads to sign-in and back", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 401/);
  const person = newPerson();
  await signUp(page, person);
  await openTab(page, "Projects");
  await page.context().clearCookies();
  await page.getByLabel("Project name").fill("Bridge");
  await page.getByRole("button", { name: "Create project" }).click();
  await expectHeading(page, "Sign in");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectHeading(page, "Projects");
});

test("projects appear at once, until the plan's limit", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 403/);
  await signUp(page);
  await openTab(page, "Projects");
  for (const name of ["One", "Two", "Three"]) {
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("button", { name: "Create project" }).click();
    await expect(page.getByText(name, { exact: true })).toBeVisible();
    await expect(page.getByLabel("Project name")).toHaveValue("");
  }
  await page.getByLabel("Project name").fill("Four");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(alert(page, "Your plan's limit is reached.")).toBeVisible();
  await expect(page.getByLabel("Project name")).toHaveValue("Four");
  await expectAccessible(page);
});

test("another's workspace is not there", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 404/);
  await signUp(page);
  const answer = await page.goto("/t/someone-elses-000000/billing");
  expect(answer?.status()).toBe(404);
  await expectHeading(page, "There is nothing at this address");
  await expectAccessible(page);
});

test("what is wrong stands beside its field, which has the focus; typed values stay", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 422/);
  await page.goto("/sign-up");
  await fillSignUp(page, { ...newPerson(), email: "ada@nowhere" });
  const email = page.getByLabel("Email");
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(
    "Write an address such as name@example.com.",
  );
  await expect(email).toHaveValue("ada@nowhere");
  await expect(page.getByLabel("Name")).not.toHaveAttribute("aria-invalid");
  await expect(alert(page, /Request id: req_/)).toBeVisible();
  await expectAccessible(page);
});
