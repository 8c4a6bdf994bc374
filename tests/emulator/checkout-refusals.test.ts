import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  pay,
  recurringPrice,
  SUCCESS_URL,
  subscriptionCheckout,
  withUrl,
} from "./support";

test.each([
  ["4000 0000 0000 0002", "Your card was declined."],
  ["4000 0000 0000 9995", "Your card has insufficient funds."],
  ["4000 0000 0000 0069", "Your card has expired."],
  ["4000 0000 0000 0127", "Your card&#39;s security code is incorrect."],
  ["4000 0000 0000 0341", "Your card was declined."],
  ["4242 4242 4242 4241", "Your card number is incorrect."],
])(
  "%s is refused in words on the page it leads back to, and the session stays open",
  async (card, words) => {
    const bench = await emulate();
    const session = await subscriptionCheckout(bench);
    const before = await eventTypes(bench);
    const refused = await pay(session.url, card);
    expect(refused.location).toMatch(/^http:\/\/localhost.*\?flash=/);
    expect(refused.page).toContain(words);
    expect(refused.page).toContain('value="Ada Buyer"');
    expect(refused.page).not.toContain(`value="${card}"`);
    // A declined attempt leaves no subscription, no invoice and no event.
    expect(await eventTypes(bench)).toEqual(before);
    expect((await pay(session.url, GOOD_CARD)).location).toMatch(/shop\.test/);
  },
);

test("a decline in payment mode leaves the failed payment with its decline code", async () => {
  const bench = await emulate();
  const product = await bench.stripe.products.create({ name: "Book" });
  const price = await bench.stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 900,
  });
  const session = withUrl(
    await bench.stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: SUCCESS_URL,
    }),
  );
  await pay(session.url, "4000000000009995");
  const [intent] = (await bench.stripe.paymentIntents.list()).data;
  expect(intent).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: {
      code: "card_declined",
      decline_code: "insufficient_funds",
    },
  });
  expect((await eventTypes(bench)).slice(-3)).toEqual([
    "payment_intent.created",
    "charge.failed",
    "payment_intent.payment_failed",
  ]);
});

test("wrong expiry and CVC are told beside their fields", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  const answer = await pay(session.url, GOOD_CARD, {
    cardExpiry: "13/34",
    cardCvc: "12",
  });
  expect(answer.page).toContain("expiration month is invalid");
  expect(answer.page).toContain("security code is invalid");
  expect(answer.page).toContain('aria-describedby="cardExpiry-error"');
});

test("submitting twice at once pays once", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench);
  const body = new URLSearchParams({
    cardNumber: GOOD_CARD,
    cardExpiry: "12/34",
    cardCvc: "123",
    cardName: "Ada",
  });
  const submit = () =>
    fetch(session.url, { method: "POST", body, redirect: "manual" });
  const answers = await Promise.all([submit(), submit(), submit()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect((await bench.stripe.charges.list()).data).toHaveLength(1);
  expect((await bench.stripe.subscriptions.list()).data).toHaveLength(1);
  expect(await (await fetch(session.url)).text()).toContain("Already paid");
});

test("a session expires by the clock, on read, with its event", async () => {
  const bench = await emulate();
  const now = (await bench.state()).clock.now;
  const session = await subscriptionCheckout(bench, { expires_at: now + 3600 });
  await bench.advance(3590);
  expect(
    (await bench.stripe.checkout.sessions.retrieve(session.id)).status,
  ).toBe("open");
  await bench.advance(20);
  expect(
    await bench.stripe.checkout.sessions.retrieve(session.id),
  ).toMatchObject({
    status: "expired",
    url: null,
  });
  expect((await eventTypes(bench)).at(-1)).toBe("checkout.session.expired");
  expect((await pay(session.url, GOOD_CARD)).page).toContain("has expired");
  expect((await bench.stripe.subscriptions.list()).data).toEqual([]);
});

test("only an open session can be expired", async () => {
  const bench = await emulate();
  const { id } = await subscriptionCheckout(bench);
  expect((await bench.stripe.checkout.sessions.expire(id)).status).toBe(
    "expired",
  );
  await expect(bench.stripe.checkout.sessions.expire(id)).rejects.toThrow(
    'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "expired".',
  );
});

test("expires_at must lie between thirty minutes and a day ahead", async () => {
  const bench = await emulate();
  const { now } = (await bench.state()).clock;
  for (const expires_at of [now + 60, now + 90_000]) {
    await expect(
      subscriptionCheckout(bench, { expires_at }),
    ).rejects.toMatchObject({
      statusCode: 400,
      param: "expires_at",
    });
  }
});

test("a mode refuses prices that do not fit it", async () => {
  const bench = await emulate();
  const price = await recurringPrice(bench);
  const line_items = [{ price: price.id, quantity: 1 }];
  await expect(
    bench.stripe.checkout.sessions.create({
      mode: "payment",
      line_items,
      success_url: SUCCESS_URL,
    }),
  ).rejects.toThrow(
    "You specified `payment` mode but passed a recurring price.",
  );
  const once = await recurringPrice(bench, { recurring: undefined });
  await expect(
    subscriptionCheckout(bench, {
      line_items: [{ price: once.id, quantity: 1 }],
    }),
  ).rejects.toThrow(
    "You must provide at least one recurring price in `subscription` mode",
  );
});

test("what a page shows is escaped", async () => {
  const bench = await emulate();
  const product = await bench.stripe.products.create({
    name: "<script>alert(1)</script>",
  });
  const price = await bench.stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 100,
    recurring: { interval: "year" },
  });
  const session = await subscriptionCheckout(bench, {
    line_items: [{ price: price.id, quantity: 1 }],
  });
  const page = await (await fetch(session.url)).text();
  expect(page).not.toContain("<script");
  expect(page).toContain("&lt;script&gt;");
});
