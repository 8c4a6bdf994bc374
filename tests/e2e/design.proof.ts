import { expect, test } from "../support/browser";
import {
  alert,
  expectAccessible,
  newPerson,
  signUp,
  verifyEmail,
} from "./acts";

test("what the pages are made of is reached by keys, says what it does, and unfolds without JavaScript", async ({
  page,
  stack,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of 422/);
  const staff = { ...newPerson(), email: "staff@example.com" };
  await signUp(page, staff);
  await verifyEmail(page, stack.mailUrl, staff.email);
  await page.goto("/admin/design");

  await test.step("a dialog takes the focus, closes by Escape and gives it back", async () => {
    const opener = page.getByRole("button", { name: "Open a dialog" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "A dialog" });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  });

  await test.step("a refusal is said in the dialog that asked", async () => {
    await page.getByRole("button", { name: "Ask before it happens" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete Bridge" }).click();
    await expect(alert(page, "not right")).toBeVisible();
    await dialog.getByRole("button", { name: "Keep it" }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("a menu and tabs are reached by keys", async () => {
    await page.getByRole("button", { name: "Open a menu" }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Acme" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Plan" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText("Who is here.")).toBeVisible();
    await expect(page.getByText("What is paid for.")).toBeHidden();
  });

  await test.step("a toast is announced, and goes when it is dismissed", async () => {
    await page.getByRole("button", { name: "Show a toast" }).click();
    const toast = page.getByText("The name is changed.");
    await toast.hover(); // it stays while it is pointed at
    await expectAccessible(page);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(toast).toHaveCount(0);
  });

  await test.step("without JavaScript the same parts unfold", async () => {
    const { cookies } = await page.context().storageState();
    const browser = page.context().browser();
    const plain = await browser?.newContext({
      javaScriptEnabled: false,
      baseURL: stack.appUrl,
    });
    await plain?.addCookies(cookies);
    const still = await plain?.newPage();
    if (!plain || !still) throw new Error("no browser");
    await still.goto("/admin/design");
    await expect(still.getByText("What it says stands here.")).toBeHidden();
    await still.getByText("Open a dialog").click();
    await expect(still.getByText("What it says stands here.")).toBeVisible();
    await expect(still.getByText("Who is here.")).toBeVisible();
    await still.getByLabel("Open a menu").click();
    await expect(still.getByRole("button", { name: "Sign out" })).toBeVisible();
    await plain.close();
  });
});
