import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { leaksIn } from "./canaries";
import { testStack, type TestStack } from "./stack";

export { expect };

type Fixtures = {
  stack: TestStack;
  /** Lets the browser's console say this for the rest of the test. */
  expectConsoleError: (pattern: RegExp) => void;
  /** Set up by itself: a test fails on anything else that its browser complains about. */
  complaints: { allowed: RegExp[]; seen: string[] };
  /** Set up by itself: what the app has answered in this test is searched for secrets. */
  answers: string[];
};

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads this pattern and insists on one
  stack: async ({}, provide) => provide(testStack()),
  baseURL: async ({ stack }, provide) => provide(stack.appUrl),
  complaints: [
    async ({ context }, provide) => {
      const complaints: Fixtures["complaints"] = { allowed: [], seen: [] };
      const note = (text: string) => {
        if (!complaints.allowed.some((pattern) => pattern.test(text))) {
          complaints.seen.push(text);
        }
      };
      // The console tells of most of what a policy has refused; this tells of all of it.
      await context.addInitScript(() =>
        addEventListener("securitypolicyviolation", (event) =>
          console.error(
            `refused by the policy: ${event.effectiveDirective} ${event.blockedURI}`,
          ),
        ),
      );
      context.on("console", (message) => {
        const text = message.text();
        const isHydration = /hydrat|did not match/i.test(text);
        if (message.type() !== "error" && !isHydration) return;
        note(`${message.location().url}: ${text}`);
      });
      context.on("weberror", (webError) => note(String(webError.error())));
      await provide(complaints);
      expect(complaints.seen, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],
  answers: [
    async ({ context, stack }, provide) => {
      const reading: Promise<string>[] = [];
      context.on("response", (response) => {
        const type = response.headers()["content-type"] ?? "";
        const isOurs = response.url().startsWith(stack.appUrl);
        // Scripts are the same for everybody, and were searched when they were built.
        if (!isOurs || !/html|json|x-component/.test(type)) return;
        // A redirect has no body, and the page may be closed by now.
        reading.push(response.text().catch(() => ""));
      });
      const answers: string[] = [];
      await provide(answers);
      const texts = await Promise.all(reading);
      // A buyer's browser gets the one secret that it pays with, from us by one name, and from Stripe in the
      // address by which it comes back from a bank.
      const forStripe =
        /"clientSecret":"[^"]+"|payment_intent_client_secret[\\"=:]+\w+/g;
      answers.push(...texts.map((text) => text.replace(forStripe, "")));
      const cookies = await context.cookies();
      const sessions = cookies
        .filter(({ name }) => name.includes("session"))
        .map(({ value }) => decodeURIComponent(value).split(".")[0] ?? "");
      const secrets = [...stack.secrets, ...sessions.filter(Boolean)];
      expect(leaksIn(answers.join("\n"), secrets)).toEqual([]);
    },
    { auto: true },
  ],
  expectConsoleError: async ({ complaints }, provide) =>
    provide((pattern) => complaints.allowed.push(pattern)),
});

/** In the page: whatever moves and comes to an end has come to its end. */
const settled = `Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished))`;

/** No violation of any rule that axe knows, or of the given ones alone. */
export async function checkAxe(page: Page, rules?: string[]) {
  await page.evaluate(settled); // a colour on its way is neither of both themes'
  const alone = page.frames().length === 1; // each frame needs its own
  const known =
    alone && (await page.evaluate<boolean>("typeof axe === 'object'"));
  const axe = new AxeBuilder({ page, ...(known && { axeSource: "void 0" }) })
    .options({ resultTypes: ["violations"] })
    .setLegacyMode(alone); // else each look opens one more page to sum up in
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html }) => html),
  }));
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}
