import type { Page } from "@playwright/test";
import {
  choosePlan,
  expectHeading,
  newPerson,
  openTab,
  pay,
  signUp,
} from "../e2e/acts";

/** A new person whose new workspace has bought Pro. Returns the workspace's address. */
export async function becomeCustomer(page: Page, person = newPerson()) {
  const workspace = await signUp(page, person);
  await openTab(page, "Billing");
  await choosePlan(page, "Pro");
  await pay(page);
  await expectHeading(page, "You are on Pro.");
  return workspace;
}
