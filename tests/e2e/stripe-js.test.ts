import { checkAxe, expect } from "../support/browser";
import { fillCard } from "./acts";
import { confirm, inShop, mountElement, secretOf, test } from "./shop";

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
