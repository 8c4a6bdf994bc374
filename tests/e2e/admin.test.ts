import { expect, test } from "../support/browser";
import {
  expectAccessible,
  expectHeading,
  newPerson,
  openTab,
  pay,
  post,
  signUp,
  verifyEmail,
} from "./acts";

const nothingHere = "There is nothing at this address";

test("a stranger and a member find nothing under /admin", async ({
  page,
  stack,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 404/);
  expect((await page.goto("/admin/design"))?.status()).toBe(404);
  await expectHeading(page, nothingHere);
  const member = newPerson();
  await signUp(page, member);
  await verifyEmail(page, stack.mailUrl, member.email);
  expect((await page.goto("/admin/design"))?.status()).toBe(404);
  await expect(page.getByText("Staff")).toHaveCount(0);
  for (const header of ["accept", "next-router-prefetch"]) {
    const headers = { rsc: "1", [header]: "1" };
    const answer = await page.request.get("/admin/design", { headers });
    expect([header, answer.status()]).toEqual([header, 404]);
  }
});

test("staff are let in once their address is verified, and every part is accessible", async ({
  page,
  stack,
  expectConsoleError,
}) => {
  test.slow();
  expectConsoleError(/status of 4(04|22)/);
  const staff = { ...newPerson(), email: "staff@example.com" };
  await signUp(page, staff);
  expect((await page.goto("/admin/design"))?.status()).toBe(404);
  await verifyEmail(page, stack.mailUrl, staff.email);
  await page.goto("/admin/design");
  await expectHeading(page, "Design");
  await expectAccessible(page);
  let workspace = "";

  await test.step("the inbox shows what Stripe told, and works on it again", async () => {
    await page.goto("/start?price=pro_monthly");
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await pay(page);
    await expectHeading(page, "You are on Pro.");
    await page.goto("/admin/webhooks");
    await expectHeading(page, "Webhooks");
    await expectAccessible(page);
    await page
      .getByRole("link", { name: /^customer\./ })
      .first()
      .click();
    await expect(page.getByText("Received and stored")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Replay" }).click();
    await expect(page.getByText(/^Replayed by user:/)).toBeVisible();
  });

  await test.step("the metrics count what was bought, with the numbers behind each chart", async () => {
    await page.getByRole("link", { name: "Metrics", exact: true }).click();
    await expectHeading(page, "Metrics");
    const mrr = page.getByRole("region", { name: "Monthly recurring revenue" });
    await expect(
      mrr.getByRole("img", { name: /^What moved it/ }),
    ).toBeVisible();
    await expect(mrr.getByRole("definition").getByText("$29.00")).toHaveCount(
      2,
    );
    await expectAccessible(page);
    await page.getByLabel("Time", { exact: true }).selectOption("12m");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page).toHaveURL(/period=12m/);
    await page.getByText("Show the numbers").first().click();
    const table = page.getByRole("table", { name: /^Monthly recurring .*USD/ });
    await expect(table.getByRole("row")).toHaveCount(13);
    await expectAccessible(page);
    await page.setViewportSize({ width: 375, height: 800 });
    const wide = await page.evaluate(() => document.body.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    await page.setViewportSize({ width: 1280, height: 720 });
    const link = page.getByRole("link", {
      name: "Download Monthly recurring revenue as CSV",
    });
    const file = await page.request.get(
      (await link.getAttribute("href")) ?? "",
    );
    expect(file.headers()["content-disposition"]).toMatch(
      /^attachment; filename="mrr-12m-.+\.csv"$/,
    );
    expect(await file.text()).toMatch(/^From,currency,.*\r\n/);
  });

  await test.step("the doctor finds nothing wrong with a fresh instance", async () => {
    await page.getByRole("link", { name: "Doctor" }).click();
    await expectHeading(page, "Doctor");
    await expect(page.getByText("All is well")).toBeVisible();
    await expect(page.getByText("Right", { exact: true })).toHaveCount(24);
    await expectAccessible(page);
  });

  await test.step("a workspace is found, and offered a price of its own", async () => {
    await page.getByRole("link", { name: "Workspaces" }).click();
    await page.getByRole("searchbox").fill(staff.email);
    await page.getByRole("button", { name: "Search" }).click();
    await expectAccessible(page);
    await page.getByRole("link", { name: /workspace$/ }).click();
    await expect(page.getByText("In Stripe’s Dashboard")).toBeVisible();
    const form = page.getByRole("form", { name: "Offer a price" });
    const like = form.getByLabel("Instead of");
    await like.selectOption({ value: "onboarding_session" });
    await form.getByLabel("Name").fill("Partner price");
    await form.getByLabel("Amount").fill("99,50");
    await form.getByRole("button", { name: "Offer this price" }).click();
    await expect(form.getByText(/without commas/).first()).toBeVisible();
    await form.getByLabel("Amount").fill("99.50");
    await form.getByRole("button", { name: "Offer this price" }).click();
    const offers = page.getByRole("list", { name: "Prices of its own" });
    await expect(offers.getByText("$99.50")).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 375, height: 800 });
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width).toBe(375);
    workspace = page.url();
    await page.goto("/t");
    await openTab(page, "Billing");
    await expect(page.getByText("$99.50")).toBeVisible();
  });

  await test.step("its ended plan begins anew on its saved card, with days that are free", async () => {
    const of = async (what: string) => {
      const answer = await page.request.get(`/api/${what}`);
      const { data } = (await answer.json()) as { data: { id: string }[] };
      return `/api/${what}/${data[0]?.id}`;
    };
    await post(page, `${await of("payment-methods")}/default`, {});
    const now = { when: "now", requestKey: "ends" };
    await post(page, `${await of("subscriptions")}/cancel`, now);
    await page.goto(workspace);
    const form = page.getByRole("form", { name: "Begin a plan" });
    await form.getByLabel("Free days").fill("none");
    await form.getByRole("button", { name: "Begin this plan" }).click();
    await expect(form.getByRole("alert")).toBeVisible();
    await expectAccessible(page);
    await form.getByLabel("Free days").fill("14");
    await form.getByRole("button", { name: "Begin this plan" }).click();
    await expect(page.getByText("The plan has begun.")).toBeVisible();
    await expect(page.getByText("Pro, trialing")).toBeVisible();
    await expect(form).toHaveCount(0);
  });
});
