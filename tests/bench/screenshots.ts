// `npm run screenshots`: the main screens, light and dark, 375 and 1440 px wide, of the built app.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { root } from "../../dev/child";
import { verifyEmail } from "../e2e/acts";
import { findChromium } from "../support/chromium.mjs";
import type { TestStack } from "../support/stack";
import { buyPro, joinAlone } from "./customer";
import { withApp } from "./with-app";

/** Everything is written here; what the README shows, there as well. */
const allFolder = join(root, "tests/output/screenshots");
const shownFolder = join(root, "public/screenshots");
const shown = new Set(["billing-1440-light", "billing-1440-dark"]);

/** Whom the stack lets into /admin. */
const staff = "staff@example.com";

const widths = [375, 1440] as const;
const schemes = ["light", "dark"] as const;

/** A screen is an address; `slug` is the workspace of somebody who has bought Pro. Add yours here. */
const screens: { name: string; path: (slug: string) => string }[] = [
  { name: "landing", path: () => "/" },
  { name: "pricing", path: () => "/pricing" },
  { name: "overview", path: (slug) => `/t/${slug}` },
  { name: "projects", path: (slug) => `/t/${slug}/projects` },
  { name: "reports", path: (slug) => `/t/${slug}/reports` },
  { name: "billing", path: (slug) => `/t/${slug}/billing` },
  { name: "members", path: (slug) => `/t/${slug}/members` },
  { name: "settings", path: (slug) => `/t/${slug}/settings` },
  { name: "audit", path: (slug) => `/t/${slug}/audit` },
  { name: "webhooks", path: () => "/admin/webhooks" },
  { name: "design", path: () => "/admin/design" },
];
const strangersScreens: typeof screens = [
  { name: "sign-up", path: () => "/sign-up" },
  { name: "sign-up-pro", path: () => "/sign-up?next=/start?price=pro_monthly" },
  { name: "sign-in", path: () => "/sign-in" },
];
const screensBeforeBuying: typeof screens = [
  { name: "billing-free", path: (slug) => `/t/${slug}/billing` },
];

await mkdir(allFolder, { recursive: true });
await mkdir(shownFolder, { recursive: true });
const only = process.argv.slice(2);
await withApp(async (stack) => {
  const browser = await chromium.launch({
    ...findChromium(),
    args: ["--no-sandbox"],
  });
  try {
    await takeAll(browser, stack);
  } finally {
    await browser.close();
  }
});

async function takeAll(browser: Browser, { appUrl, mailUrl }: TestStack) {
  const context = await browser.newContext({ baseURL: appUrl });
  const page = await context.newPage();
  await takeEach(page, strangersScreens, "");
  const workspace = await joinAlone(page, {
    name: "Ada Lovelace",
    email: staff,
    password: "correct horse battery",
  });
  await verifyEmail(page, mailUrl, staff);
  const slug = workspace.split("/")[2] ?? "";
  await takeEach(page, screensBeforeBuying, slug);
  const success = await buyPro(page, workspace);
  await openProjects(page, workspace);
  await takeEach(page, screens, slug);
  await takeEach(page, [{ name: "success", path: () => success }], slug);
}

async function openProjects(page: Page, workspace: string) {
  await page.goto(`${workspace}/projects`);
  for (const name of ["Bridge", "Harbour office", "Tunnel survey", "Ferry"]) {
    await page.getByLabel("Project name").fill(name);
    await page.getByRole("button", { name: "Create project" }).click();
    await page.getByText(name, { exact: true }).waitFor();
  }
}

async function takeEach(page: Page, list: typeof screens, slug: string) {
  for (const { name, path } of list) {
    if (only.length > 0 && !only.includes(name)) continue;
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 375 ? 812 : 900 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const answer = await page.goto(path(slug), {
          waitUntil: "networkidle",
        });
        if (!answer?.ok()) throw new Error(`${name}: ${answer?.status()}`);
        await take(page, `${name}-${width}-${colorScheme}`);
      }
    }
  }
}

async function take(page: Page, name: string) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: 82,
    captureBeyondViewport: true,
  });
  await session.detach();
  const image = Buffer.from(data, "base64");
  await writeFile(join(allFolder, `${name}.webp`), image);
  if (!shown.has(name)) return;
  await writeFile(join(shownFolder, `${name}.webp`), image);
}
