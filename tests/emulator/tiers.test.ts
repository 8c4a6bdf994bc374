import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import {
  beginOn,
  customerWithCard,
  itemOf,
  latestInvoice,
  moveTo,
  subscribe,
} from "./life";
import {
  emulate,
  idOf,
  pay,
  GOOD_CARD,
  recurringPrice,
  subscriptionCheckout,
  type Bench,
} from "./support";

const HOUR = 3600;
/** The documentation's own: $7 a seat for five, $6.50 for the next five, $6 from there. */
const SEATS: Stripe.PriceCreateParams.Tier[] = [
  { up_to: 5, unit_amount: 700 },
  { up_to: 10, unit_amount: 650 },
  { up_to: "inf", unit_amount: 600 },
];

function tiered(
  bench: Bench,
  tiers_mode: "graduated" | "volume",
  tiers = SEATS,
): Promise<Stripe.Price> {
  return recurringPrice(bench, {
    billing_scheme: "tiered",
    tiers,
    tiers_mode,
    unit_amount: undefined,
  });
}

/** What a first invoice over so many of a price comes to. */
async function billed(bench: Bench, price: Stripe.Price, quantity: number) {
  const { id } = await subscribe(bench, {
    items: [{ price: price.id, quantity }],
  });
  const invoice = await latestInvoice(bench, id);
  expect(invoice.status).toBe("paid");
  return invoice.amount_paid;
}

async function figures(
  bench: Bench,
  price: Stripe.Price,
  quantities: number[],
): Promise<number[]> {
  const amounts: number[] = [];
  for (const quantity of quantities)
    amounts.push(await billed(bench, price, quantity));
  return amounts;
}

describe("tiers", () => {
  test("graduated, each tier's seats cost what that tier says", async () => {
    const bench = await emulate();
    const price = await tiered(bench, "graduated");
    expect(await figures(bench, price, [1, 5, 6, 20, 25])).toEqual([
      700, 3500, 4150, 12_750, 15_750,
    ]);
  });

  test("by volume, all seats cost what the whole number's tier says", async () => {
    const bench = await emulate();
    const price = await tiered(bench, "volume");
    expect(await figures(bench, price, [1, 5, 6, 20, 25])).toEqual([
      700, 3500, 3900, 12_000, 15_000,
    ]);
  });

  test("flat amounts come once for each tier that is reached, by volume once", async () => {
    const bench = await emulate();
    const tiers: typeof SEATS = [
      { up_to: 5, unit_amount: 500, flat_amount: 1000 },
      { up_to: 10, unit_amount: 400, flat_amount: 2000 },
      { up_to: "inf", flat_amount: 0, unit_amount: 300 },
    ];
    const graduated = await tiered(bench, "graduated", tiers);
    expect(await figures(bench, graduated, [5, 6, 12])).toEqual([
      3500, 5900, 8100,
    ]);
    const volume = await tiered(bench, "volume", tiers);
    expect(await figures(bench, volume, [5, 6, 12])).toEqual([
      3500, 4400, 3600,
    ]);
  });

  test("fractions of a cent are rounded once, at the end", async () => {
    const bench = await emulate();
    const decimal = (text: string) => Stripe.Decimal.from(text);
    const price = await tiered(bench, "graduated", [
      { up_to: 2, unit_amount_decimal: decimal("33.3") },
      { up_to: "inf", unit_amount_decimal: decimal("33.4") },
    ]);
    // 66.6 and 66.8 make 133; rounded one by one they would make 134.
    expect(await figures(bench, price, [3, 4, 5])).toEqual([100, 133, 167]);
  });
});

describe("packages", () => {
  test.each([
    ["up", [2500, 2500, 5000]],
    ["down", [0, 2500, 2500]],
  ] as const)("begun ones count or not, rounded %s", async (round, amounts) => {
    const bench = await emulate();
    const price = await recurringPrice(bench, {
      unit_amount: 2500,
      transform_quantity: { divide_by: 5, round },
    });
    expect(await figures(bench, price, [3, 5, 8])).toEqual(amounts);
  });
});

test("a change of seats is prorated from one tiered amount to the other, and renewals cost the new one", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const start = await beginOn(bench, "2027-04-01T00:00:00Z");
  const price = await tiered(bench, "graduated");
  const { id, items } = await subscribe(bench, {
    items: [{ price: price.id, quantity: 5 }],
  });
  // April has thirty days: half of it is left.
  await moveTo(bench, start + 15 * 24 * HOUR);
  const [item] = items.data;
  const proration_date = (item?.current_period_start ?? 0) + 15 * 24 * HOUR;
  const change = {
    items: [{ id: idOf(item), quantity: 20 }],
    proration_date,
    proration_behavior: "always_invoice" as const,
  };
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: change,
  });
  await stripe.subscriptions.update(id, change);
  const bill = await latestInvoice(bench, id);
  expect(bill.lines.data.map(({ amount }) => amount)).toEqual([-1750, 6375]);
  expect(bill.amount_paid).toBe(preview.amount_due);
  const after = await stripe.subscriptions.retrieve(id);
  await moveTo(bench, itemOf(after).current_period_end + HOUR);
  expect((await latestInvoice(bench, id)).amount_paid).toBe(12_750);
});

test("Checkout asks for the tiered amount and names no price that is not one", async () => {
  const bench = await emulate();
  const price = await tiered(bench, "volume");
  const session = await subscriptionCheckout(bench, {
    line_items: [{ price: price.id, quantity: 6 }],
  });
  expect(session.amount_total).toBe(3900);
  const page = await (await fetch(session.url)).text();
  expect(page).toContain("$39.00");
  expect(page).not.toContain("$0.00");
  await pay(session.url, GOOD_CARD);
  const [charge] = (await bench.stripe.charges.list()).data;
  expect(charge?.amount).toBe(3900);
});

test("a subscription to tiers is not free, so it needs a card", async () => {
  const bench = await emulate();
  const { id: customer } = await bench.stripe.customers.create();
  const price = await tiered(bench, "volume");
  const items = [{ price: price.id, quantity: 2 }];
  await expect(subscribe(bench, { customer, items })).rejects.toMatchObject({
    code: "resource_missing",
  });
  await subscribe(bench, { customer: await customerWithCard(bench), items });
});
