import type { Page } from "@playwright/test";
import { fillCard, fillSignUp, newPerson } from "../e2e/acts";

/** A new person in their own new workspace. Waits as long as a busy machine takes. Returns its address. */
export async function joinAlone(page: Page, person = newPerson()) {
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await page.getByRole("heading", { name: /^Welcome/ }).waitFor();
  return new URL(page.url()).pathname;
}

/** Pro for this workspace, paid by card. Returns the address of the success page. */
export async function buyPro(page: Page, workspace: string) {
  await page.goto(`${workspace}/start?price=pro_monthly`);
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.getByLabel("Card number").waitFor();
  await fillCard(page);
  await page.getByRole("button", { name: /^Subscribe/ }).click();
  await page.getByRole("heading", { name: "You are on Pro." }).waitFor();
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}
