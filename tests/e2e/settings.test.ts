import { expect, test } from "../support/browser";
import {
  alert,
  buyPro,
  expectAccessible,
  expectHeading,
  newPerson,
  openTab,
  signUp,
} from "./acts";
import { signedInLongAgo } from "./signed-in-long-ago";

const nextAddress = () => `bridge-${crypto.randomUUID().slice(0, 8)}`;

test("name, address, billing details and return addresses are saved, and say what is wrong", async ({
  page,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of 422/);
  await signUp(page);
  await openTab(page, "Settings");

  const address = nextAddress();
  await page.getByLabel("Workspace name").fill("Bridge & Co");
  await page.getByLabel("Address", { exact: true }).fill("Not Good");
  await page.getByRole("button", { name: "Save name and address" }).click();
  await expect(page.getByLabel("Address", { exact: true })).toBeFocused();
  await expect(alert(page, "3 to 60 small letters")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Address", { exact: true }).fill(address);
  await page.getByRole("button", { name: "Save name and address" }).click();
  await expect(page).toHaveURL(`/t/${address}/settings?done=workspace`);
  await expect(page.getByText("The name and address are saved.")).toBeVisible();
  await expect(page.getByLabel("Workspace name")).toHaveValue("Bridge & Co");

  await page.getByLabel("Legal name").fill("Bridge GmbH");
  await page.getByLabel("City").fill("Berlin");
  await page.getByLabel("Country").selectOption("Germany");
  await page.getByLabel("Kind of tax id").selectOption("EU VAT number");
  await page.getByLabel("Tax id", { exact: true }).fill("123");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expect(page.getByLabel("Tax id", { exact: true })).toBeFocused();
  await page.getByLabel("Tax id", { exact: true }).fill("DE123456789");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expect(page.getByText("The billing details are saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("City")).toHaveValue("Berlin");
  await expect(page.getByLabel("Tax id", { exact: true })).toHaveValue(
    "DE123456789",
  );

  await page.getByLabel("After a purchase").fill("https://shop.example/thanks");
  await page.getByRole("button", { name: "Save return addresses" }).click();
  await expect(page.getByLabel("After a purchase")).toBeFocused();
  await page.getByLabel("Allowed sites").fill("https://shop.example");
  await page.getByRole("button", { name: "Save return addresses" }).click();
  await expect(page.getByText("The return addresses are saved.")).toBeVisible();

  await openTab(page, "Audit log");
  const log = page.getByRole("table", { name: "Audit log" });
  await expect(log).toContainText("changed the workspace’s name or address");
  await expect(log).toContainText("changed the billing details");
  await page.getByLabel("Kind").selectOption("Workspace");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(log).not.toContainText("changed the billing details");
  await page.getByLabel("Kind").selectOption("Members");
  await page.getByLabel("From", { exact: true }).fill("2001-01-01");
  await page.getByLabel("To", { exact: true }).fill("2001-01-02");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("Nothing like this")).toBeVisible();
  await expectAccessible(page);
});

test("a workspace with a live plan is deleted by its name and the password", async ({
  page,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of (422|404)/);
  const person = newPerson();
  const workspace = await signUp(page, person);
  await buyPro(page);
  await signedInLongAgo(person);
  await page.goto(`${workspace}/settings`);
  await page.getByRole("button", { name: "Delete this workspace" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Your plan (Pro) is cancelled at once");
  await expectAccessible(page);
  const name = await page.getByLabel("Workspace name").inputValue();
  await dialog.getByLabel(/^Type/).fill(name);
  await dialog.getByLabel("Your password").fill("not the password");
  await dialog.getByRole("button", { name: "Delete workspace" }).click();
  await expect(alert(page, "This is not your password.")).toBeVisible();
  await dialog.getByLabel("Your password").fill(person.password);
  await dialog.getByRole("button", { name: "Delete workspace" }).click();
  await expectHeading(page, "Name your workspace");
  expect((await page.goto(workspace))?.status()).toBe(404);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("settings are saved and refused, the log is filtered, the workspace is deleted", async ({
    page,
  }) => {
    test.slow();
    const person = newPerson();
    await signUp(page, person);
    await openTab(page, "Settings");
    await page.getByLabel("Address", { exact: true }).fill("settings");
    await page.getByRole("button", { name: "Save name and address" }).click();
    await expect(alert(page, "This address is reserved.")).toBeVisible();
    await expect(page.getByLabel("Address", { exact: true })).toHaveValue(
      "settings",
    );
    await page.getByLabel("Address", { exact: true }).fill(nextAddress());
    await page.getByLabel("Workspace name").fill("Bridge");
    await page.getByRole("button", { name: "Save name and address" }).click();
    await expect(page.getByLabel("Workspace name")).toHaveValue("Bridge");
    await expect(
      page.getByText("The name and address are saved."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Save return addresses" }).click();
    await expect(
      page.getByText("The return addresses are saved."),
    ).toBeVisible();
    await page.getByLabel("City").fill("Berlin");
    await page.getByRole("button", { name: "Save billing details" }).click();
    await expect(alert(page, "Choose the country")).toBeVisible();
    await expect(page.getByLabel("City")).toHaveValue("Berlin");

    await openTab(page, "Audit log");
    await page.getByLabel("Kind").selectOption("Workspace");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page.getByRole("table", { name: "Audit log" })).toContainText(
      "changed the workspace’s name or address",
    );

    await openTab(page, "Settings");
    await page.getByText("Delete this workspace").last().click();
    await page.getByLabel(/^Type/).fill("Bridge");
    await page.getByRole("button", { name: "Delete workspace" }).click();
    await expectHeading(page, "Name your workspace");
  });
});
