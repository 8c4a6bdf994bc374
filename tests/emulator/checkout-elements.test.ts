import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  emulate,
  eventTypes,
  GOOD_CARD,
  recurringPrice,
  type Bench,
} from "./support";

const BACK = "http://shop.test/back?session={CHECKOUT_SESSION_ID}";

test("a session for Elements has a client secret and no page of its own", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench);
  expect(session).toMatchObject({
    ui_mode: "elements",
    url: null,
    success_url: null,
    return_url: BACK,
    payment_method_types: ["card"],
  });
  expect(session).not.toHaveProperty("redirect_on_completion");
  expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
  const page = `${bench.origin}/c/pay/${session.id}`;
  expect((await fetch(page)).status).toBe(404);
  expect((await fetch(page, { method: "POST" })).status).toBe(404);
});

test("without redirects an address to come back to is the shop's choice", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench, { return_url: undefined });
  expect(session).not.toHaveProperty("return_url");
});

test.each<[string, Partial<Stripe.Checkout.SessionCreateParams>]>([
  ["after_expiration", { after_expiration: { recovery: { enabled: true } } }],
  ["cancel_url", { cancel_url: "http://shop.test/no" }],
  ["origin_context", { origin_context: "web" }],
  ["submit_type", { submit_type: "pay" }],
  ["success_url", { success_url: "http://shop.test/ok" }],
  [
    "tax_id_collection[required]",
    { tax_id_collection: { enabled: true, required: "never" } },
  ],
])("%s is nothing for Elements", async (param, given) => {
  const bench = await emulate();
  await expect(elementsSession(bench, given)).rejects.toMatchObject({
    message: `\`${param}\` is not supported with \`ui_mode: elements\`.`,
    param,
    statusCode: 400,
  });
});

test("several such parameters are refused together", async () => {
  const bench = await emulate();
  const both = { cancel_url: BACK, success_url: BACK };
  await expect(elementsSession(bench, both)).rejects.toThrow(
    "The following parameters are not supported with `ui_mode: elements`: cancel_url, success_url.",
  );
});

test("a return address is nothing for a page of Stripe's own, and Elements take cards", async () => {
  const bench = await emulate();
  await expect(
    elementsSession(bench, { ui_mode: "hosted_page", success_url: BACK }),
  ).rejects.toThrow(
    "`return_url` is not supported with `ui_mode: hosted_page`.",
  );
  await expect(
    elementsSession(bench, { excluded_payment_method_types: ["card"] }),
  ).rejects.toMatchObject({ statusCode: 501 });
});

test("a declined card is an answer, the next one pays, and a second confirmation pays nothing", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench);
  const declined = await confirm(bench, session, "4000 0000 0000 9995");
  expect(declined).toMatchObject({
    error: {
      code: "paymentFailed",
      message: "Your card has insufficient funds.",
      paymentFailed: { declineCode: "insufficient_funds" },
    },
    field: "cardNumber",
    session: { status: { type: "open" } },
  });
  expect(await confirm(bench, session, "4242 4242 4242 4241")).toMatchObject({
    error: { code: null, message: "Your card number is incorrect." },
  });
  const paid = await confirm(bench, session, GOOD_CARD);
  expect(paid).toMatchObject({
    returnUrl: `http://shop.test/back?session=${session.id}`,
    session: {
      email: "ada@example.com",
      lastPaymentError: null,
      lineItems: [
        { name: "Pro", quantity: 2, total: { minorUnitsAmount: 5800 } },
      ],
      status: { type: "complete", paymentStatus: "paid" },
      total: { total: { amount: "$58.00", minorUnitsAmount: 5800 } },
    },
  });
  expect(paid).not.toHaveProperty("error");
  expect(await confirm(bench, session, GOOD_CARD)).toMatchObject({
    session: { status: { type: "complete" } },
  });
  expect((await bench.stripe.subscriptions.list()).data).toHaveLength(1);
  expect(await eventTypes(bench)).toContain("checkout.session.completed");
});

test("the bank's answer decides; a refusal leaves the session open with its reason", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench);
  const asking = "4000 0027 6000 3184";
  expect(await confirm(bench, session, asking)).toMatchObject({ waits: true });
  await answerBank(bench, session, "fail");
  expect(await retrieve(bench, session.client_secret)).toMatchObject({
    error: { code: "paymentFailed", paymentFailed: { declineCode: null } },
    session: { status: { type: "open" } },
    waits: false,
  });
  await confirm(bench, session, asking);
  await answerBank(bench, session, "complete");
  expect(await retrieve(bench, session.client_secret)).toMatchObject({
    session: { lastPaymentError: null, status: { type: "complete" } },
  });
});

test("a coupon that is used up meanwhile is told, and not beside the card", async () => {
  const bench = await emulate();
  const coupon = await bench.stripe.coupons.create({
    percent_off: 50,
    duration: "once",
    max_redemptions: 1,
  });
  const discounts = [{ coupon: coupon.id }];
  const first = await elementsSession(bench, { discounts });
  const second = await elementsSession(bench, { discounts });
  await confirm(bench, first, GOOD_CARD);
  const refused = await confirm(bench, second, GOOD_CARD);
  expect(refused).toMatchObject({
    error: {
      code: null,
      message: expect.stringContaining("Coupon expired") as string,
    },
    session: { status: { type: "open" } },
  });
  expect(refused).not.toHaveProperty("field");
});

test("what the session collects comes from the shop's page", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench, {
    billing_address_collection: "required",
    customer: undefined,
  });
  expect(await confirm(bench, session, GOOD_CARD)).toMatchObject({
    error: { code: null, message: "Enter a valid email address." },
  });
  await confirm(bench, session, GOOD_CARD, {
    email: "grace@example.com",
    billing_line1: "1 Main Street",
    billing_city: "Springfield",
    billing_postal_code: "12345",
    billing_country: "US",
  });
  const done = await bench.stripe.checkout.sessions.retrieve(session.id);
  expect(done).toMatchObject({
    customer_details: {
      address: { line1: "1 Main Street", country: "US" },
      email: "grace@example.com",
    },
    status: "complete",
  });
});

test("nothing is told or paid without the session's own secret, nor after its time", async () => {
  const bench = await emulate();
  const session = await elementsSession(bench);
  const wrong = `${session.id}_secret_guessed`;
  expect(await retrieve(bench, wrong)).not.toHaveProperty("session");
  expect(
    await confirm(bench, { ...session, client_secret: wrong }, GOOD_CARD),
  ).not.toHaveProperty("session");
  await bench.stripe.checkout.sessions.expire(session.id);
  expect(await confirm(bench, session, GOOD_CARD)).toMatchObject({
    error: {
      code: null,
      message: expect.stringContaining("expired") as string,
    },
    session: { status: { type: "expired" } },
  });
  expect((await bench.stripe.subscriptions.list()).data).toEqual([]);
});

async function elementsSession(
  bench: Bench,
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<Stripe.Checkout.Session> {
  const price = await recurringPrice(bench);
  const { id } = await bench.stripe.customers.create({
    email: "ada@example.com",
  });
  return bench.stripe.checkout.sessions.create({
    mode: "subscription",
    ui_mode: "elements",
    customer: id,
    line_items: [{ price: price.id, quantity: 2 }],
    return_url: BACK,
    ...given,
  });
}

/** As the frame of the Payment Element sends its form. */
async function confirm(
  { origin }: Bench,
  { client_secret }: Pick<Stripe.Checkout.Session, "client_secret">,
  cardNumber: string,
  added: Record<string, string> = {},
): Promise<unknown> {
  const body = new URLSearchParams({
    cardNumber,
    cardExpiry: "12 / 34",
    cardCvc: "123",
    cardName: "Ada Buyer",
    client_secret: client_secret ?? "",
    ...added,
  });
  return (
    await fetch(`${origin}/js/checkout`, { method: "POST", body })
  ).json();
}

async function retrieve(
  { origin }: Bench,
  secret: string | null,
): Promise<unknown> {
  const query = new URLSearchParams({ client_secret: secret ?? "" });
  return (await fetch(`${origin}/js/checkout?${query}`)).json();
}

async function answerBank(
  { origin }: Bench,
  { id }: Stripe.Checkout.Session,
  answer: "complete" | "fail",
): Promise<void> {
  const body = new URLSearchParams({ answer });
  const page = `${origin}/c/pay/${id}/authenticate?framed=yes`;
  expect((await fetch(page, { method: "POST", body })).ok).toBe(true);
}
