import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  idOf,
  pay,
  subscriptionCheckout,
  SUCCESS_URL,
  type Bench,
} from "./support";

const LONDON = {
  line1: "1 St James's Square",
  city: "London",
  postal_code: "SW1Y 4LB",
  country: "GB",
};
const typed = (prefix: string) =>
  Object.fromEntries(
    Object.entries(LONDON).map(([name, value]) => [`${prefix}_${name}`, value]),
  );

const COLLECTING: Partial<Stripe.Checkout.SessionCreateParams> = {
  billing_address_collection: "required",
  customer_update: { address: "auto", name: "auto", shipping: "auto" },
  phone_number_collection: { enabled: true },
  shipping_address_collection: { allowed_countries: ["GB", "IE"] },
  tax_id_collection: { enabled: true },
};

test("addresses, phone and tax id are asked for, checked, and kept on session and customer", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench, COLLECTING);
  const given = {
    ...typed("billing"),
    ...typed("shipping"),
    shipping_name: "Ada Lovelace",
    phone: "+44 20 7930",
    tax_id: "DE123456789",
  };
  const empty = await pay(session.url, GOOD_CARD);
  expect(empty.page).toContain("Enter the postal code.");
  const abroad = await pay(session.url, GOOD_CARD, {
    ...given,
    shipping_country: "US",
  });
  expect(abroad.page).toContain("Nothing is sent to this country.");
  const mistyped = await pay(session.url, GOOD_CARD, { ...given, tax_id: "1" });
  expect(mistyped.page).toContain("Invalid value for eu_vat.");
  expect(await eventTypes(bench)).not.toContain("checkout.session.completed");
  await pay(session.url, GOOD_CARD, given);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["customer"],
  });
  const address = { ...LONDON, line2: null, state: null };
  expect(done).toMatchObject({
    status: "complete",
    collected_information: {
      shipping_details: { name: "Ada Lovelace", address },
    },
    customer_details: {
      address,
      phone: "+44 20 7930",
      tax_ids: [{ type: "eu_vat", value: "DE123456789" }],
    },
    customer: { address, name: "Ada Buyer", shipping: { address } },
  });
  const taxIds = await bench.stripe.customers.listTaxIds(idOf(done.customer));
  expect(taxIds.data).toMatchObject([{ value: "DE123456789" }]);
});

test("without customer_update the customer stays as it was", async () => {
  const bench = await emulate();
  const session = await subscriptionCheckout(bench, {
    billing_address_collection: "required",
  });
  await pay(session.url, GOOD_CARD, typed("billing"));
  expect(
    await bench.stripe.customers.retrieve(idOf(session.customer)),
  ).toMatchObject({ address: null, name: null });
});

test("an embedded session has a client secret and a return address instead of a page of its own", async () => {
  const bench = await emulate();
  const embedded = {
    ui_mode: "embedded_page",
    success_url: undefined,
    cancel_url: undefined,
  } as const;
  await expect(subscriptionCheckoutRaw(bench, embedded)).rejects.toMatchObject({
    code: "parameter_missing",
    param: "return_url",
  });
  const session = await subscriptionCheckoutRaw(bench, {
    ...embedded,
    return_url: SUCCESS_URL,
  });
  expect(session).toMatchObject({
    ui_mode: "embedded_page",
    url: null,
    success_url: null,
    return_url: SUCCESS_URL,
    redirect_on_completion: "always",
  });
  expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
  const { location } = await pay(
    `${bench.origin}/c/pay/${session.id}`,
    GOOD_CARD,
  );
  expect(location).toBe(`http://shop.test/ok?session=${session.id}`);
});

test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>]>([
  ["consent_collection", { consent_collection: { promotions: "auto" } }],
  ["ui_mode=form", { ui_mode: "form" }],
  ["optional_items", { optional_items: [{ price: "price_1", quantity: 1 }] }],
])("%s is refused by name, not ignored", async (name, given) => {
  const bench = await emulate();
  await expect(subscriptionCheckoutRaw(bench, given)).rejects.toMatchObject({
    statusCode: 501,
    message: expect.stringContaining(name) as string,
  });
});

async function subscriptionCheckoutRaw(
  { stripe }: Bench,
  given: Partial<Stripe.Checkout.SessionCreateParams>,
) {
  const product = await stripe.products.create({ name: "Pro" });
  return stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [
      {
        price_data: {
          currency: "usd",
          product: product.id,
          recurring: { interval: "month" },
          unit_amount: 2900,
        },
        quantity: 1,
      },
    ],
    customer_email: "ada@example.com",
    success_url: SUCCESS_URL,
    ...given,
  });
}
