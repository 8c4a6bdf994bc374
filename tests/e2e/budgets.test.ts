import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { signUp } from "./acts";

const KB = 1024;
const publicPages = ["/", "/pricing", "/terms", "/sign-in", "/sign-up"];
const tenantPages = ["", "/projects", "/reports", "/billing"];

/** What Next itself loads on a page with nothing on it, as the build names it. */
function emptyPage(): Set<string> {
  const app = process.env["TURNPIKE_TEST_APP"] ?? ".";
  const file = join(app, ".next/build-manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as {
    rootMainFiles: string[];
  };
  expect(manifest.rootMainFiles.length).toBeGreaterThan(2);
  return new Set(manifest.rootMainFiles.map((path) => `/_next/${path}`));
}

/** Bytes of JavaScript, gzipped, that the page asks for until it rests, above those of an empty page. */
async function ownScripts(page: Page, path: string): Promise<number> {
  const empty = emptyPage();
  const sizes: Promise<number>[] = [];
  let frameworkScripts = 0;
  const note = (response: Awaited<ReturnType<Page["waitForResponse"]>>) => {
    if (response.request().resourceType() !== "script") return;
    const { pathname } = new URL(response.url());
    if (empty.has(pathname)) frameworkScripts += 1;
    else sizes.push(response.body().then((body) => gzipSync(body).length));
  };
  page.on("response", note);
  await page.goto(path, { waitUntil: "networkidle" });
  page.off("response", note);
  expect(frameworkScripts, "of the framework's own").toBe(empty.size);
  const all = await Promise.all(sizes);
  return all.reduce((sum, size) => sum + size, 0);
}

test.describe("client JavaScript above an empty page", () => {
  for (const path of publicPages) {
    test(`is at most 15 KB on ${path}`, async ({ page }) => {
      expect(await ownScripts(page, path)).toBeLessThanOrEqual(15 * KB);
    });
  }

  test("is at most 60 KB on every page of a workspace", async ({ page }) => {
    const workspace = await signUp(page);
    for (const path of tenantPages) {
      const fresh = await page.context().newPage();
      const bytes = await ownScripts(fresh, `${workspace}${path}`);
      expect(bytes, path).toBeLessThanOrEqual(60 * KB);
      await fresh.close();
    }
  });
});
