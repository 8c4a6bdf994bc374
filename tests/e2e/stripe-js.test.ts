import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { startEmulator } from "../../dev/stripe/server";
import { test as base, checkAxe, expect } from "../support/browser";
import { fillCard } from "./acts";

type Shop = { stripe: Stripe; origin: string; emulator: string };

/** A shop that is one plain page, with an emulator of its own. */
const test = base.extend<{ shop: Shop }>({
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
function inShop(page: Page, script: string): Promise<unknown> {
  return page.evaluate(
    `(async () => { const stripe = Stripe("pk_test_emulator1234"); ${script} })()`,
  );
}

async function mountElement(page: Page, { origin }: Shop, secret: string) {
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

const confirm = `return stripe.confirmPayment({ elements, redirect: "if_required" });`;

async function secretOf({ stripe }: Shop): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    amount: 4200,
    currency: "usd",
  });
  return intent.client_secret ?? "";
}

test("a Payment Element takes a card; a declined one is told beside its field and another pays", async ({
  page,
  shop,
}) => {
  const secret = await secretOf(shop);
  const frame = await mountElement(page, shop, secret);
  await checkAxe(page);
  expect(await inShop(page, confirm)).toMatchObject({
    error: { type: "validation_error", message: "Enter your card number." },
  });
  await fillCard(frame, "4000 0000 0000 0002");
  expect(await inShop(page, confirm)).toMatchObject({
    error: { code: "card_declined", decline_code: "generic_decline" },
  });
  await expect(frame.getByText("Your card was declined.")).toBeVisible();
  await fillCard(frame);
  const paid = await inShop(page, confirm);
  expect(paid).toMatchObject({ paymentIntent: { status: "succeeded" } });
  expect(JSON.stringify(paid)).not.toContain("metadata");
  const seen = await inShop(
    page,
    `return stripe.retrievePaymentIntent("${secret}");`,
  );
  expect(seen).toMatchObject({ paymentIntent: { amount_received: 4200 } });
});

for (const [answer, outcome] of [
  ["Complete authentication", { paymentIntent: { status: "succeeded" } }],
  [
    "Fail authentication",
    { error: { code: "payment_intent_authentication_failure" } },
  ],
] as const) {
  test(`3D Secure is asked in a dialog: ${answer}`, async ({ page, shop }) => {
    const frame = await mountElement(page, shop, await secretOf(shop));
    await fillCard(frame, "4000 0027 6000 3184");
    const result = inShop(page, confirm);
    const bank = page.getByRole("dialog", { name: "3D Secure" });
    const question = bank.locator("iframe").contentFrame();
    await question.getByRole("button", { name: answer }).click();
    expect(await result).toMatchObject(outcome);
    await expect(bank).toHaveCount(0);
  });
}

test("3D Secure with an address to come back to goes there", async ({
  page,
  shop,
}) => {
  const secret = await secretOf(shop);
  const frame = await mountElement(page, shop, secret);
  await fillCard(frame, "4000 0027 6000 3184");
  void inShop(
    page,
    `stripe.confirmPayment({ elements, confirmParams: { return_url: location.origin + "/back" } });`,
  );
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await page.waitForURL(/\/back\?.*redirect_status=succeeded/);
  expect(new URL(page.url()).searchParams.get("payment_intent")).toBe(
    secret.split("_secret_")[0],
  );
});

test("confirmSetup saves a card, and handleNextAction asks the bank of an intent", async ({
  page,
  shop,
}) => {
  const { stripe } = shop;
  const { id: customer } = await stripe.customers.create();
  const setup = await stripe.setupIntents.create({ customer });
  const frame = await mountElement(page, shop, setup.client_secret ?? "");
  await fillCard(frame);
  const saved = await inShop(
    page,
    `return stripe.confirmSetup({ elements, redirect: "if_required" });`,
  );
  expect(saved).toMatchObject({ setupIntent: { status: "succeeded" } });
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);

  const waiting = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_authenticationRequired",
  });
  expect(waiting.status).toBe("requires_action");
  const next = inShop(
    page,
    `return stripe.handleNextAction({ clientSecret: "${waiting.client_secret}" });`,
  );
  const bank = page.getByRole("dialog").locator("iframe").contentFrame();
  await bank.getByRole("button", { name: "Complete authentication" }).click();
  expect(await next).toMatchObject({ paymentIntent: { status: "succeeded" } });
});

test("an embedded checkout is paid inside the shop's page, which then goes on", async ({
  page,
  shop,
}) => {
  const { stripe, origin } = shop;
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: `${origin}/back?session={CHECKOUT_SESSION_ID}`,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 900,
          product_data: { name: "Book" },
        },
      },
    ],
  });
  await page.goto(origin);
  await inShop(
    page,
    `const page = await stripe.createEmbeddedCheckoutPage({ fetchClientSecret: async () => "${session.client_secret}" });
     page.mount("#here");`,
  );
  const frame = page.frameLocator("iframe");
  await frame.getByLabel("Email").fill("ada@example.com");
  await fillCard(frame, "4000 0027 6000 3184");
  await frame.getByRole("button", { name: /^Pay/ }).click();
  await frame.getByRole("button", { name: "Complete authentication" }).click();
  await page.waitForURL(`${origin}/back?session=${session.id}`);
  const done = await stripe.checkout.sessions.retrieve(session.id);
  expect(done.payment_status).toBe("paid");
});

test("only the shop's own origin may frame, and only what belongs in a frame", async ({
  request,
  shop,
}) => {
  const ancestors = async (path: string) =>
    (await request.get(`${shop.emulator}${path}`)).headers()[
      "content-security-policy"
    ];
  expect(await ancestors("/js/element")).toContain(
    `frame-ancestors ${shop.origin}`,
  );
  expect(await ancestors("/")).toContain("frame-ancestors 'none'");
  const answer = await request.get(
    `${shop.emulator}/js/intent?client_secret=pi_x_secret_y`,
    { headers: { Origin: "http://elsewhere.test" } },
  );
  expect(answer.status()).toBe(404);
  expect(answer.headers()["access-control-allow-origin"]).toBeUndefined();
});
