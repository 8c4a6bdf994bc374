import type Stripe from "stripe";
import { expect, test } from "vitest";
import { createClock } from "../../dev/stripe/clock";
import { withoutRequest } from "../../dev/stripe/context";
import { openStore } from "../../dev/stripe/store";
import type { Price } from "../../dev/stripe/objects";
import { priceAmount } from "../../dev/stripe/resources/price-amount";
import { discountAmounts } from "../../dev/stripe/resources/discounts";
import { emulate, eventTypes, type Bench } from "./support";

const tiers: Stripe.PriceCreateParams.Tier[] = [
  { up_to: 5, unit_amount: 1000, flat_amount: 500 },
  { up_to: 10, unit_amount: 800 },
  { up_to: "inf", unit_amount: 600, flat_amount: 100 },
];

async function tieredPrice(
  { stripe }: Bench,
  tiers_mode: Stripe.PriceCreateParams.TiersMode,
): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode,
    tiers,
    recurring: { interval: "month" },
    product_data: { name: "Seats" },
    expand: ["tiers", "currency_options"],
  });
}

test("tiers are shown only when asked for, in every currency of the price", async () => {
  const bench = await emulate();
  const price = await tieredPrice(bench, "graduated");
  expect(price).toMatchObject({ unit_amount: null, billing_scheme: "tiered" });
  expect(price.tiers?.map(({ up_to }) => up_to)).toEqual([5, 10, null]);
  expect(Object.keys(price.currency_options ?? {})).toEqual(["usd"]);
  expect(await bench.stripe.prices.retrieve(price.id)).not.toHaveProperty(
    "tiers",
  );
});

test.each([
  ["graduated", 1, 1500],
  ["graduated", 5, 5500],
  ["graduated", 7, 7100],
  ["graduated", 12, 10_800],
  ["volume", 5, 5500],
  ["volume", 7, 5600],
  ["volume", 12, 7300],
] as const)(
  "%s tiers: %i seats cost %i cents",
  async (mode, quantity, cents) => {
    const bench = await emulate();
    const { id } = await tieredPrice(bench, mode);
    expect(await amountOf(bench, id, quantity)).toBe(cents);
  },
);

test("packages are rounded as asked and a fraction of a cent once, at the end", async () => {
  const bench = await emulate();
  const { id } = await bench.stripe.prices.create({
    currency: "usd",
    unit_amount: 900,
    transform_quantity: { divide_by: 10, round: "up" },
    product_data: { name: "Mails" },
  });
  const tiny = await bench.raw(
    "POST",
    "/v1/prices",
    "currency=usd&unit_amount_decimal=0.5&product_data[name]=Calls",
  );
  const price = (await tiny.json()) as { id: string; unit_amount: null };
  expect(price.unit_amount).toBeNull();
  expect(await amountOf(bench, id, 21)).toBe(2700);
  expect(await amountOf(bench, price.id, 3)).toBe(2);
});

test("a product made with a default price has it, and its own events", async () => {
  const bench = await emulate();
  const product = await bench.stripe.products.create({
    name: "Pro",
    default_price_data: { currency: "eur", unit_amount: 1200 },
    expand: ["default_price"],
  });
  expect(product.default_price).toMatchObject({ unit_amount: 1200 });
  expect(await eventTypes(bench)).toEqual([
    "product.created",
    "price.created",
    "product.updated",
  ]);
});

test("a coupon is either a share or an amount, and repeats only for stated months", async () => {
  const { stripe } = await emulate();
  const create = (params: Stripe.CouponCreateParams) =>
    stripe.coupons.create(params);
  await expect(create({})).rejects.toMatchObject({
    code: "parameter_missing",
    param: "percent_off",
  });
  await expect(
    create({ percent_off: 10, amount_off: 100, currency: "usd" }),
  ).rejects.toThrow(
    "You may only specify one of these parameters: percent_off, amount_off.",
  );
  await expect(create({ percent_off: 101 })).rejects.toMatchObject({
    param: "percent_off",
  });
  await expect(
    create({ percent_off: 10, duration: "repeating" }),
  ).rejects.toMatchObject({ param: "duration_in_months" });
  const coupon = await create({ id: "LAUNCH", percent_off: 12.5 });
  expect(coupon).toMatchObject({
    id: "LAUNCH",
    duration: "once",
    percent_off: 12.5,
    times_redeemed: 0,
    valid: true,
  });
  await expect(create({ id: "LAUNCH", percent_off: 5 })).rejects.toMatchObject({
    code: "resource_already_exists",
  });
  expect((await stripe.coupons.update("LAUNCH", { name: "Launch" })).name).toBe(
    "Launch",
  );
  expect((await stripe.coupons.del("LAUNCH")).deleted).toBe(true);
  expect((await stripe.coupons.list()).data).toEqual([]);
});

test("a coupon is no longer valid past its time, and its codes with it", async () => {
  const { stripe, advance, state } = await emulate();
  const { now } = (await state()).clock;
  const coupon = await stripe.coupons.create({
    percent_off: 50,
    redeem_by: now + 1000,
    applies_to: {
      products: [(await stripe.products.create({ name: "A" })).id],
    },
    expand: ["applies_to"],
  });
  expect(coupon.applies_to?.products).toHaveLength(1);
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "Half-Off",
  });
  await expect(
    stripe.promotionCodes.create({
      promotion: { type: "coupon", coupon: coupon.id },
      code: "HALF-OFF",
    }),
  ).rejects.toMatchObject({ param: "code" });
  const found = await stripe.promotionCodes.list({ code: "half-off" });
  expect(found.data.map(({ id }) => id)).toEqual([code.id]);
  const whole = await stripe.promotionCodes.retrieve(code.id, {
    expand: ["promotion.coupon"],
  });
  expect(whole.promotion.coupon).toMatchObject({ percent_off: 50 });
  await advance(1001);
  expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(false);
  expect((await stripe.promotionCodes.retrieve(code.id)).active).toBe(false);
});

test.each([
  [
    "10 % of each line, rounded line by line",
    { percent_off: 10 },
    [250, 33],
    [2500, 333],
  ],
  [
    "5.00 spread over 10.00 and 20.00 with the rest on the last",
    { amount_off: 500, currency: "usd" },
    [166, 334],
    [1000, 2000],
  ],
  [
    "an amount above the total takes no more than there is",
    { amount_off: 99_999, currency: "usd" },
    [2500, 333],
    [2500, 333],
  ],
] as const)("%s", async (_name, params, cuts, amounts) => {
  const bench = await emulate();
  const coupon = await bench.stripe.coupons.create({ ...params });
  await bench.close();
  const ctx = contextOf(bench);
  ctx.store.put("discount", discountOf(coupon.id));
  const lines = amounts.map((amount) => ({
    amount,
    product: "prod_a",
    currency: "usd",
  }));
  expect(discountAmounts(ctx, ["di_1"], lines)).toEqual(
    cuts.map((amount) => [{ discount: "di_1", amount }]),
  );
  ctx.store.close();
});

/** The emulator's own arithmetic, over what it has stored. */
async function amountOf(
  bench: Bench,
  id: string,
  quantity: number,
): Promise<number> {
  await bench.close();
  const { store } = contextOf(bench);
  const price: Price | undefined = store.get("price", id);
  if (!price) throw new Error(`no price ${id}`);
  const amount = priceAmount({ store }, price, quantity);
  store.close();
  return amount;
}

function contextOf({ dataDir, origin }: Bench) {
  const store = openStore(dataDir);
  const clock = createClock(store);
  return withoutRequest({ clock, origin, store, strict: true, wake: () => {} });
}

function discountOf(coupon: string) {
  return {
    id: "di_1",
    object: "discount" as const,
    checkout_session: null,
    customer: null,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { coupon, type: "coupon" as const },
    start: 0,
    subscription: null,
    subscription_item: null,
  };
}
