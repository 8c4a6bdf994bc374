import { test } from "../support/browser";
import { cards, expectHeading, fillCard, signUp } from "./acts";

test("a plan is bought without leaving the site, with 3D Secure", async ({
  page,
}) => {
  const [, , slug = ""] = (await signUp(page)).split("/");
  await page.goto(`/t/${slug}/start?price=pro_monthly`);
  await page
    .getByRole("link", { name: "Pay without leaving this site" })
    .click();
  await expectHeading(page, "Pro for $29.00 per month");
  const checkout = page.frameLocator("iframe");
  await fillCard(checkout, cards.threeDSecure);
  await checkout.getByRole("button", { name: /^(Pay|Subscribe)/ }).click();
  await checkout
    .getByRole("button", { name: "Complete authentication" })
    .click();
  await expectHeading(page, "You are on Pro.");
});
