import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { buyPro, expectAccessible, signUp } from "./acts";

type Place = { slug: string; session: string };

/** Where each page of app/ stands, for a stranger or for somebody who has bought Pro. */
const strangersPages = {
  "(auth)/forgot": "/forgot",
  "(auth)/reset": "/reset?token=none",
  "(auth)/sign-in": "/sign-in",
  "(auth)/sign-up": "/sign-up?next=/start?price=pro_monthly",
  "(site)": "/",
  "(site)/pricing": "/pricing",
  "(site)/privacy": "/privacy",
  "(site)/refunds": "/refunds",
  "(site)/terms": "/terms",
  docs: "/docs",
  "docs/[...page]": "/docs/going-live",
  "docs/api": "/docs/api",
  "docs/errors": "/docs/errors",
  setup: "/setup",
} as const;

const membersPages: Readonly<Record<string, (at: Place) => string>> = {
  "(auth)/confirmed": () => "/confirmed",
  "(own)/account": () => "/account",
  "(own)/workspaces": () => "/workspaces",
  "checkout/[sessionId]": ({ session }) => `/checkout/${session}`,
  "checkout/cancelled": ({ slug }) => `/checkout/cancelled?tenant=${slug}`,
  "checkout/success": ({ session }) =>
    `/checkout/success?session_id=${session}`,
  t: () => "/t",
  "t/[tenant]": ({ slug }) => `/t/${slug}`,
  "t/[tenant]/audit": ({ slug }) => `/t/${slug}/audit`,
  "t/[tenant]/billing": ({ slug }) => `/t/${slug}/billing`,
  "t/[tenant]/billing/change": ({ slug }) =>
    `/t/${slug}/billing/change?price=business_monthly`,
  "t/[tenant]/billing/invoices": ({ slug }) => `/t/${slug}/billing/invoices`,
  "t/[tenant]/billing/next": ({ slug }) => `/t/${slug}/billing/next`,
  "t/[tenant]/billing/payment-methods": ({ slug }) =>
    `/t/${slug}/billing/payment-methods`,
  "t/[tenant]/billing/payments": ({ slug }) => `/t/${slug}/billing/payments`,
  "t/[tenant]/billing/purchases": ({ slug }) => `/t/${slug}/billing/purchases`,
  "t/[tenant]/checkout": ({ slug }) =>
    `/t/${slug}/checkout?price=onboarding_session`,
  "t/[tenant]/members": ({ slug }) => `/t/${slug}/members`,
  "t/[tenant]/projects": ({ slug }) => `/t/${slug}/projects`,
  "t/[tenant]/reports": ({ slug }) => `/t/${slug}/reports`,
  "t/[tenant]/settings": ({ slug }) => `/t/${slug}/settings`,
  "t/[tenant]/start": ({ slug }) => `/t/${slug}/start?price=onboarding_session`,
};

/** Tried where somebody is who may see them. */
const elsewhere: Readonly<Record<string, string>> = {
  "(auth)/invite/[id]": "people.test.ts",
  admin: "admin.test.ts",
  "admin/design": "admin.test.ts",
  "admin/doctor": "admin.test.ts",
  "admin/tenants": "admin.test.ts",
  "admin/tenants/[id]": "admin.test.ts",
  "admin/tenants/[id]/charges": "staff-charge.proof.ts",
  "admin/tenants/[id]/payments/[payment]": "refunds.proof.ts",
  "admin/webhooks": "admin.test.ts",
  "admin/webhooks/[id]": "admin.test.ts",
  "t/[tenant]/billing/pay/[invoice]": "billing-states.test.ts",
  "t/[tenant]/billing/subscribe": "plans.proof.ts",
  "t/[tenant]/pay/[payment]": "pay-page.test.ts",
};

test("no page of app/ is forgotten here", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => basename(path) === "page.tsx")
    .map((path) => dirname(path));
  const known = { ...strangersPages, ...membersPages, ...elsewhere };
  expect(pages.toSorted()).toEqual(Object.keys(known).toSorted());
});

test("a stranger's pages are accessible in both themes and fit a phone", async ({
  page,
}) => {
  test.slow();
  for (const path of Object.values(strangersPages))
    await expectGood(page, path);
});

test("a member's pages are accessible in both themes and fit a phone", async ({
  page,
}) => {
  test.slow();
  const [, , slug = ""] = (await signUp(page)).split("/");
  const session = await buyPro(page);
  for (const path of Object.values(membersPages))
    await expectGood(page, path({ slug, session }));
});

/** Files of ours, what carries the nonce or is known by its hash; the stand-in for Stripe.js is on localhost. */
const ownScriptsOnly =
  /^script-src 'self'( '(nonce|sha256)-[\w+/=]+')+( http:\/\/localhost:\d+)?$/;

async function expectGood(page: Page, path: string) {
  const answer = await page.goto(path);
  expect([path, answer?.status()]).toEqual([path, 200]);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect([path, /script-src '[^;]+/.exec(policy)?.[0]]).toEqual([
    path,
    expect.stringMatching(ownScriptsOnly),
  ]);
  await page.setViewportSize({ width: 375, height: 800 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect([path, width]).toEqual([path, 375]);
  await page.setViewportSize({ width: 1280, height: 720 });
  // Every operation of the API is drawn by the same part: those of two subjects stand for all.
  if (path === "/docs/api")
    await page
      .locator("section[id]")
      .evaluateAll((all) => all.slice(2).forEach((one) => one.remove()));
  await expectAccessible(page);
}
