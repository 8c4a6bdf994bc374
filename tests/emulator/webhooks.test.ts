import type Stripe from "stripe";
import { expect, test } from "vitest";
import {
  emulate,
  eventOf,
  GOOD_CARD,
  pay,
  receiver,
  subscribed,
  subscriptionCheckout,
  type Bench,
} from "./support";

async function listening(
  { stripe }: Bench,
  url: string,
  enabled_events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = ["*"],
): Promise<Stripe.WebhookEndpoint & { secret: string }> {
  const endpoint = await stripe.webhookEndpoints.create({
    url,
    enabled_events,
  });
  const { secret } = endpoint;
  if (!secret) throw new Error("create shows the secret");
  return { ...endpoint, secret };
}

test("deliveries verify with the SDK, look like Stripe's, and name the endpoint's version", async () => {
  const bench = await emulate();
  const hook = await receiver();
  const { secret } = await listening(bench, hook.url);
  await bench.stripe.customers.create({ email: "a@example.com" });
  await hook.until(() => hook.received.length === 1);
  const [got] = hook.received;
  const { body = "", headers = {} } = got ?? {};
  const signature = String(headers["stripe-signature"]);
  const event = bench.stripe.webhooks.constructEvent(body, signature, secret);
  expect(event).toMatchObject({
    type: "customer.created",
    api_version: "2026-10-28.endive",
    livemode: false,
    pending_webhooks: 1,
    data: { object: { email: "a@example.com" } },
  });
  expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v0=[0-9a-f]{64}$/);
  expect(headers["user-agent"]).toBe(
    "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  );
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(body).toBe(JSON.stringify(JSON.parse(body), null, 2));
  expect(() =>
    bench.stripe.webhooks.constructEvent(`${body} `, signature, secret),
  ).toThrow();
});

test("an endpoint gets only the events it asked for, and none once disabled", async () => {
  const bench = await emulate();
  const hook = await receiver();
  const { id } = await listening(bench, hook.url, ["customer.deleted"]);
  const first = await bench.stripe.customers.create();
  await bench.stripe.customers.del(first.id);
  await hook.until(() => hook.received.length === 1);
  await bench.stripe.webhookEndpoints.update(id, { disabled: true });
  const second = await bench.stripe.customers.create();
  await bench.stripe.customers.del(second.id);
  expect((await bench.state()).pending_deliveries).toEqual([]);
  expect(hook.types()).toEqual(["customer.deleted"]);
});

test("the secret is shown once, by create", async () => {
  const bench = await emulate();
  const { id } = await listening(bench, "http://127.0.0.1:1/hook");
  expect(await bench.stripe.webhookEndpoints.retrieve(id)).not.toHaveProperty(
    "secret",
  );
  expect(
    (await bench.stripe.webhookEndpoints.list()).data[0],
  ).not.toHaveProperty("secret");
});

test("a failed delivery is tried again when its time comes, with a fresh signature", async () => {
  const bench = await emulate();
  const hook = await receiver((at) => (at < 3 ? 500 : 200));
  const { secret } = await listening(bench, hook.url);
  await bench.stripe.customers.create();
  for (const [tries, wait] of [
    [1, 1],
    [2, 5],
    [3, 30],
  ] as const) {
    await hook.until(() => hook.received.length >= tries);
    await expect
      .poll(async () => (await bench.state()).pending_deliveries[0]?.attempts)
      .toBe(tries);
    await bench.advance(wait);
  }
  await hook.until(() => hook.received.length === 4);
  const ids = hook.received.map(({ body }) => eventOf(body).id);
  expect(new Set(ids).size).toBe(1);
  for (const { body, headers } of hook.received) {
    bench.stripe.webhooks.constructEvent(
      body,
      String(headers["stripe-signature"]),
      secret,
    );
  }
  await expect
    .poll(
      async () =>
        (await bench.stripe.events.retrieve(ids[0] ?? "")).pending_webhooks,
    )
    .toBe(0);
});

test("one failing event does not hold up the next ones", async () => {
  const bench = await emulate();
  const hook = await receiver((_at, body) =>
    body.includes('"bad@example.com"') ? 500 : 200,
  );
  await listening(bench, hook.url);
  await bench.stripe.customers.create({ email: "bad@example.com" });
  await bench.stripe.customers.create({ email: "good@example.com" });
  await hook.until(() => hook.received.length >= 2);
  await expect
    .poll(async () => (await bench.state()).pending_deliveries.length)
    .toBe(1);
});

test("what was not delivered survives a restart", async () => {
  const first = await emulate();
  const hook = await receiver((at) => (at === 0 ? 503 : 200));
  await listening(first, hook.url);
  await first.stripe.customers.create();
  await expect
    .poll(async () => (await first.state()).pending_deliveries[0]?.attempts)
    .toBe(1);
  await first.close();
  const second = await emulate({ dataDir: first.dataDir });
  await second.advance(60);
  await hook.until(() => hook.received.length === 2);
  expect(hook.types()).toEqual(["customer.created", "customer.created"]);
});

test("while paused nothing is delivered, the buyer does not wait, and resuming delivers all", async () => {
  const bench = await emulate();
  const hook = await receiver();
  await listening(bench, hook.url, [
    "checkout.session.completed",
    "invoice.paid",
  ]);
  await bench.control("webhooks", { paused: true });
  const session = await subscriptionCheckout(bench);
  expect((await pay(session.url, GOOD_CARD)).location).toContain("shop.test");
  expect(hook.received).toEqual([]);
  expect((await bench.state()).pending_deliveries).toHaveLength(2);
  await bench.control("webhooks", { paused: false });
  await hook.until(() => hook.received.length === 2);
  expect(new Set(hook.types())).toEqual(
    new Set(["checkout.session.completed", "invoice.paid"]),
  );
});

test("the redirect after paying waits for the endpoint's answer", async () => {
  const bench = await emulate();
  let answered = false;
  const hook = await receiver(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    answered = true;
    return 200;
  });
  await listening(bench, hook.url, ["checkout.session.completed"]);
  const session = await subscriptionCheckout(bench);
  await pay(session.url, GOOD_CARD);
  expect(answered).toBe(true);
});

test("a session that runs out by the clock is told to the endpoint without anybody asking", async () => {
  const bench = await emulate();
  const hook = await receiver();
  await listening(bench, hook.url, ["checkout.session.expired"]);
  await subscriptionCheckout(bench);
  await bench.advance(86_400);
  await hook.until(() => hook.received.length === 1);
});

test("a reset forgets customers and keeps what the app was set up with", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const hook = await receiver();
  const { id } = await listening(bench, hook.url, ["customer.deleted"]);
  const subscription = await subscribed(bench);
  await stripe.customers.create({}, { idempotencyKey: "k" });
  await bench.advance(86_400);
  await bench.control("webhooks", { paused: true });
  await bench.control("reset");

  const { webhooks, counts, clock, requests } = await bench.state();
  expect(webhooks.paused).toBe(false);
  expect(Math.abs(clock.now - Date.now() / 1000)).toBeLessThan(5);
  expect(counts).toMatchObject({
    customer: 0,
    checkout_session: 0,
    event: 0,
    invoice: 0,
    kept_answer: 0,
    payment_method: 0,
    price: 1,
    product: 1,
    webhook_endpoint: 1,
  });
  expect(requests).toEqual({});
  await expect(
    stripe.subscriptions.retrieve(subscription.id),
  ).rejects.toThrow();
  expect((await stripe.webhookEndpoints.retrieve(id)).status).toBe("enabled");
  expect((await stripe.billingPortal.configurations.list()).data).toHaveLength(
    1,
  );
  const created = await stripe.customers.create();
  await stripe.customers.del(created.id);
  await hook.until(() => hook.received.length === 1);
});

test("an event can be lost, sent twice, held back, shuffled, or never made", async () => {
  const bench = await emulate();
  const hook = await receiver();
  await listening(bench, hook.url, ["customer.created"]);
  const named = async (name: string, act: string, rest: object = {}) => {
    await bench.control("event-faults", {
      act,
      type: "customer.created",
      ...rest,
    });
    await bench.stripe.customers.create({ name });
  };
  await named("suppressed", "suppress");
  expect((await bench.stripe.events.list()).data).toEqual([]);
  await named("dropped", "drop");
  expect((await bench.stripe.events.list()).data).toHaveLength(1);
  await named("twice", "duplicate", { delayMs: 0 });
  await hook.until(() => hook.received.length === 2);
  const [first, second] = hook.received.map(({ body }) => eventOf(body).id);
  expect(first).toBe(second);
  await named("late", "delay", { delayMs: 60_000 });
  await named("shuffled", "reorder", { delayMs: 10, seed: 7 });
  await hook.until(() => hook.received.length === 3);
  await bench.advance(60);
  await hook.until(() => hook.received.length === 4);
  const names = hook.received.map(
    ({ body }) => /"name": "(\w+)"/.exec(body)?.[1],
  );
  expect(names).toEqual(["twice", "twice", "shuffled", "late"]);
});

test("while a secret is rolled deliveries carry a signature for each, and the old one ends in time", async () => {
  const bench = await emulate();
  const { stripe } = bench;
  const hook = await receiver();
  const { id, secret: old } = await listening(bench, hook.url);
  const rolled = await fetch(`${bench.origin}/_emulator/secrets`, {
    method: "POST",
    body: JSON.stringify({ endpoint: id, overlap_seconds: 3600 }),
  });
  const { secret } = (await rolled.json()) as { secret: string };
  expect(secret).toMatch(/^whsec_/);
  expect(secret).not.toBe(old);
  const delivered = async (count: number) => {
    await stripe.customers.create();
    await hook.until(() => hook.received.length === count);
    const { body = "", headers } = hook.received.at(-1) ?? {};
    const signature = String(headers?.["stripe-signature"]);
    const verify = (by: string) =>
      stripe.webhooks.constructEvent(body, signature, by).type;
    return { signature, verify };
  };
  const both = await delivered(1);
  expect(both.signature.match(/v1=/g)).toHaveLength(2);
  expect(both.verify(old)).toBe("customer.created");
  expect(both.verify(secret)).toBe("customer.created");

  await bench.advance(3600);
  const one = await delivered(2);
  expect(one.signature.match(/v1=/g)).toHaveLength(1);
  expect(one.verify(secret)).toBe("customer.created");
  expect(() => one.verify(old)).toThrow();
});

test("a secret that is rolled without overlap is invalid at once", async () => {
  const bench = await emulate();
  const hook = await receiver();
  const { id, secret: old } = await listening(bench, hook.url);
  await bench.control("secrets", { endpoint: id, overlap_seconds: 0 });
  await bench.stripe.customers.create();
  await hook.until(() => hook.received.length === 1);
  const { body = "", headers } = hook.received[0] ?? {};
  const signature = String(headers?.["stripe-signature"]);
  expect(() =>
    bench.stripe.webhooks.constructEvent(body, signature, old),
  ).toThrow();
  await expect(
    bench.control("secrets", { endpoint: "we_none" }),
  ).rejects.toThrow("404");
});
