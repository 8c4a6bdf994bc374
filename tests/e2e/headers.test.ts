import { request as send } from "node:http";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/browser";
import { expectHeading, openTab, signUp } from "./acts";

const injected = `<script>window.robbed = ["inline"]</script>
  <img alt="" src="data:," onerror="window.robbed = [...(window.robbed ?? []), 'attribute']">`;

/** As if somebody's text had reached the page unescaped. */
async function openInjected(page: Page, path: string, protect: boolean) {
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("</body>", `${injected}</body>`);
    const headers = answer.headers();
    if (!protect) delete headers["content-security-policy"];
    await route.fulfill({ response: answer, headers, body });
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.unroute(path);
}

const robbed = (page: Page) => page.evaluate<unknown>("window.robbed");

for (const [kind, path] of [
  ["static", "/pricing"],
  ["dynamic", "/sign-in"],
] as const) {
  test(`what is injected into a ${kind} page does not run; without the policy it would`, async ({
    page,
    expectConsoleError,
  }) => {
    await openInjected(page, path, false);
    await expect.poll(() => robbed(page)).toEqual(["inline", "attribute"]);

    expectConsoleError(/Content Security Policy|refused by the policy/);
    let refused = "";
    page.on("console", (message) => (refused += `${message.text()}\n`));
    await openInjected(page, path, true);
    await expect
      .poll(() => refused)
      .toMatch(/policy: script-src-attr inline\n/);
    expect(refused).toMatch(/policy: script-src-elem inline\n/);
    expect(refused.match(/refused by the policy/g)).toHaveLength(2);
    expect(await robbed(page)).toBeUndefined();
  });
}

test("only a page that pays runs Stripe's script, and what it may stays with it", async ({
  page,
  stack,
}) => {
  const workspace = await signUp(page);
  await page.goto(`${workspace}/start?price=pro_monthly`);
  const loaded: [string, string | undefined][] = [];
  page.on("response", (response) => {
    if (!response.request().isNavigationRequest()) return;
    if (response.frame() !== page.mainFrame()) return;
    const policy = response.headers()["content-security-policy"] ?? "";
    const [, frames] = /frame-src ([^;]+)/.exec(policy) ?? [];
    loaded.push([new URL(response.url()).pathname, frames]);
  });
  await page
    .getByRole("link", { name: "Pay without leaving this site" })
    .click();
  const checkout = page.frameLocator("iframe");
  await expect(checkout.getByLabel("Card number")).toBeVisible();
  await openTab(page, "Projects");
  // Until its router runs: without it, this is what unfolds, and no button.
  const menu = page.getByRole("button", { name: /^Your account/ });
  await expect(menu).toHaveAttribute("aria-haspopup", "menu");
  await openTab(page, "Billing"); // from page to page without loading anew
  expect(loaded).toEqual([
    [`${workspace}/checkout`, stack.emulatorUrl],
    [`${workspace}/projects`, "'none'"],
  ]);
});

test("a private page is stored nowhere, a public one is rendered once and for all", async ({
  page,
}) => {
  const workspace = await signUp(page);
  const headersOf = async (path: string) => {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    return answer.headers();
  };
  for (const path of ["/sign-in", "/t", "/account", `${workspace}/billing`])
    expect((await headersOf(path))["cache-control"], path).toContain(
      "no-store",
    );
  for (const path of ["/", "/pricing", "/terms", "/privacy", "/refunds"]) {
    const headers = await headersOf(path);
    expect(headers["x-nextjs-prerender"], path).toContain("1");
    expect(headers["cache-control"], path).toContain("s-maxage=31536000");
  }
});

test("a page that does not exist says so, and works", async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(/status of 404/);
  const answer = await page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await expectHeading(page, "There is nothing at this address");
  await page.getByRole("link").last().click();
  await page.waitForURL(/(?<!nowhere)$/);
});

test("every answer says what it is, and by https that it is always so", async ({
  request,
}) => {
  const headersOf = async (path: string, protocol: "http" | "https") => {
    const sent = { "X-Forwarded-Proto": protocol };
    return (await request.get(path, { headers: sent })).headers();
  };
  for (const path of ["/", "/sign-in", "/api/health", "/icon.svg"]) {
    const secure = await headersOf(path, "https");
    expect(secure, path).toMatchObject({
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const plain = await headersOf(path, "http");
    expect(plain, path).not.toHaveProperty("strict-transport-security");
    expect(plain, path).not.toHaveProperty("x-powered-by");
  }
  expect(await headersOf("/sign-in", "https")).toMatchObject({
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy":
      "camera=(), microphone=(), geolocation=(), payment=()",
  });
  expect(await headersOf("/api/health", "https")).toMatchObject({
    "content-security-policy":
      "default-src 'none'; frame-ancestors 'none'; sandbox",
    "cache-control": "no-store",
  });
});

test("no two pages have the same nonce", async ({ request }) => {
  const nonceOf = async () => {
    const { "content-security-policy": policy = "" } = (
      await request.get("/sign-in")
    ).headers();
    return /'nonce-([\w+/]{22}==)'/.exec(policy)?.[1];
  };
  const [one, other] = [await nonceOf(), await nonceOf()];
  expect(one).toBeTruthy();
  expect(other).not.toBe(one);
});

test("a request of a kind that no page has is refused, and nothing of it comes back", async ({
  stack,
}) => {
  const { hostname, port } = new URL(stack.appUrl);
  for (const path of ["/", "/sign-in", "/api/health"]) {
    const [status, body] = await trace(hostname, Number(port), path);
    expect([path, status >= 400]).toEqual([path, true]);
    expect(body).not.toContain("canary");
  }
});

/** fetch() refuses to send one. */
function trace(host: string, port: number, path: string) {
  return new Promise<[number, string]>((resolve, reject) => {
    const headers = { cookie: "canary=1" };
    const sent = send({ host, port, path, headers, method: "TRACE" });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => (body += part));
      answer.on("end", () => resolve([answer.statusCode ?? 0, body]));
    });
    sent.end();
  });
}
