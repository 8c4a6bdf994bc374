import type Stripe from "stripe";
import { expect, test } from "vitest";
import { eventsSince } from "./life";
import {
  emulate,
  EMPTY_ACCOUNT,
  GOOD_CARD,
  idOf,
  pay,
  submitPage,
  subscriptionCheckout,
  SUCCESS_URL,
  withUrl,
  type Bench,
} from "./support";

async function couponAndCode({ stripe }: Bench, code = "SPRING") {
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const promotion = await stripe.promotionCodes.create({
    code,
    promotion: { type: "coupon", coupon: coupon.id },
  });
  return { coupon: coupon.id, code: promotion.id };
}

async function bookCheckout(
  { stripe }: Bench,
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  return withUrl(
    await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        {
          quantity: 2,
          adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
          price_data: {
            currency: "usd",
            unit_amount: 1000,
            product_data: { name: "Book" },
          },
        },
      ],
      success_url: SUCCESS_URL,
      ...given,
    }),
  );
}

const change = (url: string, what: string, fields: Record<string, string>) =>
  submitPage(`${url}/change/${what}`, fields);

test("a promotion code that the buyer types reduces what is due and is used up by the purchase", async () => {
  const bench = await emulate();
  const { code, coupon } = await couponAndCode(bench);
  const session = await subscriptionCheckout(bench, {
    allow_promotion_codes: true,
  });
  const wrong = await change(session.url, "promotion", { code: "WINTER" });
  expect(wrong.page).toContain("This code is invalid.");
  const applied = await change(session.url, "promotion", { code: "spring" });
  expect(applied.page).toContain("$26.10");
  const { sessions } = bench.stripe.checkout;
  expect(await sessions.retrieve(session.id)).toMatchObject({
    amount_subtotal: 2900,
    amount_total: 2610,
    discounts: [{ coupon: null, promotion_code: code }],
    total_details: { amount_discount: 290 },
  });
  const uses = async () =>
    (await bench.stripe.coupons.retrieve(coupon)).times_redeemed;
  expect(await uses()).toBe(0);
  await pay(session.url, GOOD_CARD);
  expect(await uses()).toBe(1);
  const done = await sessions.retrieve(session.id, { expand: ["invoice"] });
  expect(done).toMatchObject({
    payment_status: "paid",
    invoice: { subtotal: 2900, amount_paid: 2610 },
  });
});

test("a code can be taken off again", async () => {
  const bench = await emulate();
  await couponAndCode(bench);
  const { id, url } = await subscriptionCheckout(bench, {
    allow_promotion_codes: true,
  });
  await change(url, "promotion", { code: "SPRING" });
  await change(url, "promotion", {});
  const after = await bench.stripe.checkout.sessions.retrieve(id);
  expect([after.amount_total, after.discounts]).toEqual([2900, []]);
});

test("a code is refused where none are allowed, and one whose last use is gone", async () => {
  const bench = await emulate();
  const { coupon } = await couponAndCode(bench);
  const closed = await subscriptionCheckout(bench);
  const refused = await change(closed.url, "promotion", { code: "SPRING" });
  expect(refused.location).toContain("flash=");
  await bench.stripe.promotionCodes.create({
    code: "ONE",
    max_redemptions: 1,
    promotion: { type: "coupon", coupon },
  });
  const given = { allow_promotion_codes: true };
  const first = await subscriptionCheckout(bench, given);
  const second = await subscriptionCheckout(bench, given);
  for (const { url } of [first, second])
    await change(url, "promotion", { code: "ONE" });
  await pay(first.url, GOOD_CARD);
  const late = await pay(second.url, GOOD_CARD);
  expect(late.page).toContain("This promotion code is not active.");
  const open = await bench.stripe.checkout.sessions.retrieve(second.id);
  expect(open.status).toBe("open");
  expect((await bench.stripe.subscriptions.list()).data).toHaveLength(1);
});

test("the shop's own discount excludes codes, and a whole one asks for no card", async () => {
  const bench = await emulate();
  const { id } = await bench.stripe.coupons.create({ percent_off: 100 });
  await expect(
    bookCheckout(bench, {
      allow_promotion_codes: true,
      discounts: [{ coupon: id }],
    }),
  ).rejects.toThrow("You may only specify one of these parameters");
  const session = await bookCheckout(bench, { discounts: [{ coupon: id }] });
  expect(session).toMatchObject({
    amount_total: 0,
    payment_status: "no_payment_required",
  });
  const { location } = await pay(session.url, "");
  expect(location).toContain("shop.test");
  expect((await bench.stripe.charges.list()).data).toEqual([]);
  expect((await bench.stripe.coupons.retrieve(id)).times_redeemed).toBe(1);
});

test("the buyer chooses how many, within the bounds", async () => {
  const bench = await emulate();
  const session = await bookCheckout(bench);
  const { sessions } = bench.stripe.checkout;
  const [line] = (await sessions.listLineItems(session.id)).data;
  const set = (quantity: string) =>
    change(session.url, "quantity", { line: idOf(line), quantity });
  for (const quantity of ["0", "6", "2.5", "many"])
    expect((await set(quantity)).page).toContain(
      "Enter a quantity from 1 to 5.",
    );
  expect((await set("3")).page).toContain("Pay $30.00");
  await pay(session.url, GOOD_CARD);
  expect(await sessions.retrieve(session.id)).toMatchObject({
    amount_total: 3000,
    payment_status: "paid",
  });
  const [charge] = (await bench.stripe.charges.list()).data;
  expect(charge?.amount).toBe(3000);
});

test("a one-time purchase makes a paid invoice where one is asked for, and none for a declined card", async () => {
  const bench = await emulate();
  const coupon = await bench.stripe.coupons.create({
    amount_off: 500,
    currency: "usd",
  });
  const session = await bookCheckout(bench, {
    discounts: [{ coupon: coupon.id }],
    invoice_creation: {
      enabled: true,
      invoice_data: { footer: "Thank you.", metadata: { order: "7" } },
    },
  });
  const fresh = eventsSince(bench);
  await fresh();
  await pay(session.url, "4000 0000 0000 0002");
  expect((await bench.stripe.invoices.list()).data).toEqual([]);
  await fresh();
  await pay(session.url, GOOD_CARD);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["invoice.payments"],
  });
  expect(done).toMatchObject({
    amount_total: 1500,
    invoice: {
      status: "paid",
      amount_paid: 1500,
      customer: done.customer,
      footer: "Thank you.",
      metadata: { order: "7" },
      subtotal: 2000,
      lines: { data: [{ amount: 2000, description: "Book", quantity: 2 }] },
      payments: {
        data: [
          { status: "paid", payment: { payment_intent: done.payment_intent } },
        ],
      },
    },
  });
  expect((await fresh()).filter((type) => type.startsWith("invoice"))).toEqual([
    "invoiceitem.created",
    "invoice.created",
    "invoice.finalized",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
  ]);
});

test("a saved card is offered again and pays without being typed", async () => {
  const bench = await emulate();
  const { id: customer } = await bench.stripe.customers.create({
    email: "ada@example.com",
  });
  const given = {
    customer,
    saved_payment_method_options: { payment_method_save: "enabled" as const },
  };
  const first = await bookCheckout(bench, given);
  await pay(first.url, GOOD_CARD, { save: "yes" });
  const [card] = (await bench.stripe.paymentMethods.list({ customer })).data;
  expect(card?.allow_redisplay).toBe("always");

  const second = await bookCheckout(bench, given);
  const { location } = await submitPage(second.url, { saved: idOf(card) });
  expect(location).toContain("shop.test");
  expect((await bench.stripe.charges.list()).data).toMatchObject([
    { payment_method: card?.id },
    { payment_method: card?.id },
  ]);
  expect(
    (await bench.stripe.paymentMethods.list({ customer })).data,
  ).toHaveLength(1);

  const stranger = await bookCheckout(bench);
  const refused = await submitPage(stranger.url, {
    email: "eve@example.com",
    saved: idOf(card),
  });
  expect(refused.page).toContain("Enter your card number.");
});

test("what is bought with an invoice is not debited from a bank account", async () => {
  const bench = await emulate();
  const session = await bookCheckout(bench, {
    invoice_creation: { enabled: true },
  });
  expect(session.payment_method_types).toEqual(["card"]);
  const back = await pay(`${session.url}?method=bank`, "", {
    accountNumber: EMPTY_ACCOUNT,
  });
  expect(back.page).toContain("Enter your card number.");
});
