import { expect } from "../support/browser";
import { fillCard } from "./acts";
import {
  confirm,
  inShop,
  mountElement,
  secretOf,
  test,
  type Shop,
} from "./shop";

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

function sellBook(
  { stripe, origin }: Shop,
  ui_mode: "embedded_page" | "elements",
) {
  return stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode,
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
}

test("an embedded checkout is paid inside the shop's page, which then goes on", async ({
  page,
  shop,
}) => {
  const { stripe, origin } = shop;
  const session = await sellBook(shop, "embedded_page");
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

test("Checkout with Elements: the shop's page shows the session, a declined card is told, 3D Secure pays it, and the page goes on", async ({
  page,
  shop,
}) => {
  const { stripe, origin } = shop;
  const session = await sellBook(shop, "elements");
  await page.goto(origin);
  const shown = await inShop(
    page,
    `window.checkout = stripe.initCheckoutElementsSdk({ clientSecret: Promise.resolve("${session.client_secret}") });
     window.heard = [];
     checkout.on("change", (session) => heard.push(session.canConfirm));
     checkout.createPaymentElement().mount("#here");
     const loaded = await checkout.loadActions();
     window.actions = loaded.actions;
     return actions.getSession();`,
  );
  expect(shown).toMatchObject({
    canConfirm: false,
    lineItems: [{ name: "Book", total: { amount: "$9.00" } }],
    status: { type: "open" },
    total: { total: { amount: "$9.00", minorUnitsAmount: 900 } },
  });
  await expect(inShop(page, "return actions.getSession().tax")).rejects.toThrow(
    "The emulator's session has no tax.",
  );
  await expect(
    inShop(page, `return actions.applyPromotionCode("X")`),
  ).rejects.toThrow("is not a function");

  const frame = page.frameLocator("iframe");
  await fillCard(frame, "4000 0000 0000 0002");
  const confirm = "return actions.confirm();";
  expect(await inShop(page, confirm)).toMatchObject({
    type: "error",
    error: { code: null, message: "Enter a valid email address." },
  });
  expect(await inShop(page, `return actions.updateEmail("ada")`)).toMatchObject(
    { type: "error", error: { code: "invalidEmail" } },
  );
  expect(
    await inShop(page, `return actions.updateEmail("ada@example.com")`),
  ).toMatchObject({ type: "success", session: { canConfirm: true } });
  expect(await inShop(page, confirm)).toMatchObject({
    type: "error",
    error: {
      code: "paymentFailed",
      paymentFailed: { declineCode: "generic_decline" },
    },
  });
  await expect(frame.getByText("Your card was declined.")).toBeVisible();
  expect(await inShop(page, "return heard")).toContain(true);

  await fillCard(frame, "4000 0027 6000 3184");
  const refused = inShop(page, confirm);
  const bank = page.getByRole("dialog", { name: "3D Secure" });
  const question = bank.locator("iframe").contentFrame();
  await question.getByRole("button", { name: "Fail authentication" }).click();
  expect(await refused).toMatchObject({
    type: "error",
    error: { paymentFailed: { declineCode: null } },
  });
  await expect(bank).toHaveCount(0);

  await inShop(page, "void actions.confirm();");
  await question
    .getByRole("button", { name: "Complete authentication" })
    .click();
  await page.waitForURL(`${origin}/back?session=${session.id}`);
  const done = await stripe.checkout.sessions.retrieve(session.id);
  expect(done).toMatchObject({
    customer_details: { email: "ada@example.com" },
    payment_status: "paid",
  });
});
