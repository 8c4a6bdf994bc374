import type { Browser, Page } from "@playwright/test";
import { input, openTab } from "./acts";

/** A page of somebody else's browser. */
export async function otherBrowser(
  browser: Browser,
  baseURL: string | undefined,
) {
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  return context.newPage();
}

export async function invite(page: Page, email: string, role: string) {
  await openTab(page, "Members");
  await input(page, "Email").fill(email);
  const form = page.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Send invitation" }).click();
}
