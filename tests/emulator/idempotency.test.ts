import { expect, test } from "vitest";
import { clientFor, emulate } from "./support";

test("the same key gives the first answer again and creates nothing", async () => {
  const { stripe, state } = await emulate();
  const options = { idempotencyKey: "k" };
  const first = await stripe.customers.create(
    { email: "a@example.com" },
    options,
  );
  const again = await stripe.customers.create(
    { email: "a@example.com" },
    options,
  );
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect(again.lastResponse.headers["original-request"]).toBe(
    first.lastResponse.requestId,
  );
  expect((await state()).requests["POST /v1/customers"]).toEqual({
    received: 2,
    executed: 1,
  });
});

test("the same key with other parameters, or for another address, is refused", async () => {
  const { stripe } = await emulate();
  const options = { idempotencyKey: "k" };
  await stripe.customers.create({ email: "a@example.com" }, options);
  const refusal = {
    type: "StripeIdempotencyError",
    rawType: "idempotency_error",
  };
  await expect(
    stripe.customers.create({ email: "b@example.com" }, options),
  ).rejects.toMatchObject(refusal);
  await expect(
    stripe.products.create({ name: "A" }, options),
  ).rejects.toMatchObject(refusal);
});

test("a key whose first request was invalid can be used again once repaired", async () => {
  const { stripe } = await emulate();
  const options = { idempotencyKey: "k" };
  await expect(
    stripe.customers.create({ email: "no" }, options),
  ).rejects.toThrow();
  const repaired = await stripe.customers.create(
    { email: "yes@example.com" },
    options,
  );
  expect(repaired.email).toBe("yes@example.com");
});

test("an error of execution is kept and replayed", async () => {
  const { stripe } = await emulate();
  const options = { idempotencyKey: "k" };
  const attach = () =>
    stripe.paymentMethods.attach("pm_no", { customer: "cus_no" }, options);
  const first = await attach().catch((error: unknown) => error);
  const again = await attach().catch((error: unknown) => error);
  expect(again).toMatchObject({ message: "No such customer: 'cus_no'" });
  expect(again).toMatchObject({ headers: { "idempotent-replayed": "true" } });
  expect(first).not.toMatchObject({
    headers: { "idempotent-replayed": "true" },
  });
});

test("a key in flight answers 409, and the SDK's own retry then gets the first answer", async () => {
  const { port, control, raw, state } = await emulate();
  const path = "/v1/customers";
  await control("faults", { path, hold: "request" });
  const stripe = clientFor(port);
  const slow = stripe.customers.create(
    { email: "a@example.com" },
    { idempotencyKey: "k" },
  );
  await expect
    .poll(async () => (await state()).requests["POST /v1/customers"]?.received)
    .toBe(1);
  const conflict = await raw("POST", "/v1/customers", "email=a%40example.com", {
    "Idempotency-Key": "k",
  });
  expect(conflict.status).toBe(409);
  expect(await conflict.json()).toMatchObject({
    error: { code: "idempotency_key_in_use" },
  });
  const again = stripe.customers.create(
    { email: "a@example.com" },
    { idempotencyKey: "k", maxNetworkRetries: 3 },
  );
  await control("release", { path });
  const patient = await again;
  expect(patient.id).toBe((await slow).id);
});

test("fifty requests at once with one key make one object", async () => {
  const { stripe } = await emulate();
  const asked = Array.from({ length: 50 }, () =>
    stripe.customers.create(
      { email: "a@example.com" },
      { idempotencyKey: "k", maxNetworkRetries: 5 },
    ),
  );
  expect(new Set((await Promise.all(asked)).map(({ id }) => id)).size).toBe(1);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("a key is forgotten after a day", async () => {
  const { stripe, advance } = await emulate();
  const create = () => stripe.customers.create({}, { idempotencyKey: "k" });
  const first = await create();
  await advance(24 * 3600 + 1);
  expect((await create()).id).not.toBe(first.id);
});
