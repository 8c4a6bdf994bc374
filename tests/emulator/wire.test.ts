import type Stripe from "stripe";
import { expect, test } from "vitest";
import { startEmulator } from "../../dev/stripe/server";
import { emulate, recurringPrice } from "./support";

test("an unknown key is refused with its middle hidden, and no key with its own words", async () => {
  const { raw } = await emulate();
  const wrong = await raw("GET", "/v1/customers", undefined, {
    Authorization: "Bearer sk_live_abcdefgh1234",
  });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="Stripe"');
  expect(await wrong.json()).toEqual({
    error: {
      message: "Invalid API Key provided: sk_live_********1234",
      type: "invalid_request_error",
    },
  });
  const none = await raw("GET", "/v1/customers", undefined, {
    Authorization: "",
  });
  expect(none.status).toBe(401);
  expect(await none.text()).toContain("You did not provide an API key.");
});

test("basic auth and both ways to write an array work, as curl sends them", async () => {
  const { raw, ...bench } = await emulate();
  const price = await recurringPrice({ raw, ...bench }, { lookup_key: "pro" });
  const basic = `Basic ${Buffer.from("sk_test_abcdefgh:").toString("base64")}`;
  for (const query of ["lookup_keys[]=pro", "lookup_keys[0]=pro"]) {
    const answer = await raw("GET", `/v1/prices?${query}`, undefined, {
      Authorization: basic,
    });
    expect(await answer.json()).toMatchObject({
      object: "list",
      data: [{ id: price.id }],
    });
  }
});

test("answers carry Stripe's headers", async () => {
  const { raw } = await emulate();
  const answer = await raw("POST", "/v1/customers", "email=a@example.com", {
    "Idempotency-Key": "k1",
    "Stripe-Version": "2026-10-28.endive",
  });
  expect(answer.headers.get("request-id")).toMatch(/^req_\w{14}$/);
  expect(answer.headers.get("original-request")).toBe(
    answer.headers.get("request-id"),
  );
  expect(answer.headers.get("idempotency-key")).toBe("k1");
  expect(answer.headers.get("stripe-version")).toBe("2026-10-28.endive");
  expect(answer.headers.get("stripe-should-retry")).toBe("false");
});

test.each([
  [
    { name: "A", nonsense: "1" },
    "parameter_unknown",
    "nonsense",
    "Received unknown parameter: nonsense",
  ],
  [
    { address: { town: "X" } },
    "parameter_unknown",
    "address[town]",
    "Received unknown parameter: address[town]",
  ],
  [{ email: "no" }, "email_invalid", "email", "Invalid email address: no"],
  [
    { next_invoice_sequence: "abc" },
    "parameter_invalid_integer",
    "next_invoice_sequence",
    "Invalid integer: abc",
  ],
  [
    { next_invoice_sequence: 0 },
    "parameter_invalid_integer",
    "next_invoice_sequence",
    "This value must be greater than or equal to 1.",
  ],
  [
    { tax_exempt: "maybe" },
    undefined,
    "tax_exempt",
    "Invalid tax_exempt: must be one of none, reverse, or exempt",
  ],
  [{ validate: "x" }, undefined, "validate", "Invalid boolean: x"],
  [{ address: "x" }, undefined, "address", "Invalid object"],
  [
    { metadata: { ["k".repeat(41)]: "v" } },
    undefined,
    "metadata",
    `Metadata keys can have up to 40 characters, but you passed in a key that is 41 characters. Invalid key: ${"k".repeat(41)}`,
  ],
])(
  "customers.create(%j) is refused in Stripe's words",
  async (params, code, param, message) => {
    const { stripe } = await emulate();
    // Deliberately ill-typed: that is what is tested.
    const refused = stripe.customers.create(
      params as Stripe.CustomerCreateParams,
    );
    await expect(refused).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      code,
      param,
      message,
    });
  },
);

test("a missing parameter and an unknown id in one are told apart", async () => {
  const { stripe, raw } = await emulate();
  const missing = await raw("POST", "/v1/prices", "unit_amount=1");
  expect(await missing.json()).toMatchObject({
    error: {
      code: "parameter_missing",
      message: "Missing required param: currency.",
    },
  });
  await expect(
    stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: "price_no", quantity: 1 }],
      success_url: "http://shop.test/ok",
    }),
  ).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
    param: "line_items[0][price]",
    message: "No such price: 'price_no'",
  });
});

test("an unknown id in the path is 404 in the words of its kind", async () => {
  const { stripe } = await emulate();
  await expect(stripe.customers.retrieve("cus_x")).rejects.toMatchObject({
    statusCode: 404,
    param: "id",
    message: "No such customer: 'cus_x'",
  });
  await expect(stripe.checkout.sessions.retrieve("cs_x")).rejects.toMatchObject(
    {
      statusCode: 404,
      message: "No such checkout.session: cs_x",
    },
  );
});

test("an unknown address is 404, and what exists at Stripe but not here is 501 by name", async () => {
  const { stripe, raw } = await emulate();
  const unknown = await raw("GET", "/v1/nonsense");
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain(
    "Unrecognized request URL (GET: /v1/nonsense).",
  );
  await expect(stripe.quotes.list()).rejects.toMatchObject({
    statusCode: 501,
    message:
      "The Stripe emulator does not support quotes.list (GET /v1/quotes) yet.",
  });
  await expect(
    stripe.customers.search({ query: "email:'a'" }),
  ).rejects.toMatchObject({
    statusCode: 501,
  });
});

test("payment_method_types is refused as the pinned version does", async () => {
  const { raw } = await emulate();
  const body = "mode=payment&payment_method_types[0]=card";
  const answer = await raw("POST", "/v1/checkout/sessions", body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: { code: "payment_method_types_no_longer_supported" },
  });
});

test("metadata merges, an empty value deletes its key, and empty metadata clears all", async () => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create({
    metadata: { a: "1", b: "2" },
  });
  const merged = await stripe.customers.update(id, {
    metadata: { b: "", c: "3" },
  });
  expect(merged.metadata).toEqual({ a: "1", c: "3" });
  expect(
    (await stripe.customers.update(id, { metadata: "" })).metadata,
  ).toEqual({});
});

test("a deleted customer is still answered, as deleted, and can no longer be used", async () => {
  const { stripe } = await emulate();
  const { id } = await stripe.customers.create({ email: "a@example.com" });
  await stripe.customers.del(id);
  expect(await stripe.customers.retrieve(id)).toMatchObject({
    id,
    object: "customer",
    deleted: true,
  });
  expect((await stripe.customers.list()).data).toEqual([]);
  await expect(
    stripe.customers.update(id, { name: "A" }),
  ).rejects.toMatchObject({
    message: `No such customer: '${id}'`,
  });
});

test("a lookup key moves only when asked to", async () => {
  const bench = await emulate();
  const first = await recurringPrice(bench, { lookup_key: "pro" });
  await expect(
    recurringPrice(bench, { lookup_key: "pro" }),
  ).rejects.toMatchObject({
    param: "lookup_key",
    message: `A price (\`${first.id}\`) already uses that lookup key.`,
  });
  const second = await recurringPrice(bench, {
    lookup_key: "pro",
    transfer_lookup_key: true,
  });
  const found = await bench.stripe.prices.list({ lookup_keys: ["pro"] });
  expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  expect(second.unit_amount_decimal?.toString()).toBe("2900");
});

test("a taken port is said plainly", async () => {
  const { port, dataDir } = await emulate();
  await expect(
    startEmulator({ port, dataDir: `${dataDir}/other` }),
  ).rejects.toThrow(`port ${port} is taken`);
});

test("both loopback names reach the emulator", async () => {
  const { port } = await emulate();
  for (const host of ["localhost", "127.0.0.1"]) {
    expect((await fetch(`http://${host}:${port}/`)).status).toBe(200);
  }
});

test("faults fail a request, hold it or its answer, or lose its answer", async () => {
  const { stripe, control, state } = await emulate();
  const path = "/v1/customers";
  await control("faults", { method: "POST", path, status: 500, count: 1 });
  await expect(stripe.customers.create()).rejects.toMatchObject({
    statusCode: 500,
  });
  await control("faults", { method: "POST", path, dropAnswer: true, count: 1 });
  // The SDK repeats a lost connection once, with the same idempotency key.
  await stripe.customers.create({ email: "once@example.com" });
  expect(
    (await stripe.customers.list({ email: "once@example.com" })).data,
  ).toHaveLength(1);

  const of = { method: "POST", path };
  for (const [hold, more] of [
    ["request", 0],
    ["answer", 1],
  ] as const) {
    const before = (await state()).requests[`POST ${path}`];
    await control("faults", { ...of, hold });
    let answered = false;
    const held = stripe.customers.create().then(() => (answered = true));
    await expect
      .poll(async () => (await state()).requests[`POST ${path}`])
      .toEqual({
        received: Number(before?.received) + 1,
        executed: Number(before?.executed) + more,
      });
    await control("release", { ...of, path: "/v1/other" });
    await state();
    expect([hold, answered]).toEqual([hold, false]);
    await control("release", of);
    expect(await held).toBe(true);
  }
});
