import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { startEmulator } from "../../dev/stripe/server";
import { expect, test as base } from "../support/browser";

export type Shop = { stripe: Stripe; origin: string; emulator: string };

/** A shop that is one plain page, with an emulator of its own. */
export const test = base.extend<{ shop: Shop }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads this pattern and insists on one
  shop: async ({}, provide) => {
    const dataDir = await mkdtemp(join(tmpdir(), "stripe-js-"));
    const emulator = await startEmulator({ port: 0, dataDir, strict: true });
    const server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end(`<!doctype html><html lang="en"><title>Shop</title>
        <link rel="icon" href="data:,"><main><h1>Shop</h1><div id="here"></div></main>
        <script src="${emulator.origin}/v3/stripe.js"></script></html>`);
    });
    await new Promise<void>((done) => server.listen(0, "localhost", done));
    const { port } = server.address() as AddressInfo;
    const stripe = new Stripe("sk_test_emulator1234", {
      host: "localhost",
      port: emulator.port,
      protocol: "http",
    });
    const origin = `http://localhost:${port}`;
    await stripe.webhookEndpoints.create({
      url: `${origin}/hook`,
      enabled_events: ["*"],
    });
    await provide({ stripe, origin, emulator: emulator.origin });
    server.closeAllConnections();
    server.close();
    await emulator.close();
    await rm(dataDir, { recursive: true, force: true });
  },
});

/** Runs the shop's own script: `stripe` is there, and what it returns is told. */
export function inShop(page: Page, script: string): Promise<unknown> {
  return page.evaluate(
    `(async () => { const stripe = Stripe("pk_test_emulator1234"); ${script} })()`,
  );
}

export async function mountElement(
  page: Page,
  { origin }: Shop,
  secret: string,
) {
  await page.goto(origin);
  await inShop(
    page,
    `window.elements = stripe.elements({ clientSecret: "${secret}" });
     elements.create("payment").mount("#here");`,
  );
  const frame = page.frameLocator("iframe");
  await expect(frame.getByLabel("Card number")).toBeVisible();
  return frame;
}

/** In the shop's script, once an element is mounted. */
export const confirm = `return stripe.confirmPayment({ elements, redirect: "if_required" });`;

export async function secretOf({ stripe }: Shop): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    amount: 4200,
    currency: "usd",
  });
  return intent.client_secret ?? "";
}
