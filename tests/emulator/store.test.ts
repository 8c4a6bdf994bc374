import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { startEmulator } from "../../dev/stripe/server";
import { emulate, idOf, receiver, subscribed, type Bench } from "./support";

test("everything is there again after a restart, idempotency and order included", async () => {
  const first = await emulate();
  const subscription = await subscribed(first);
  const create = { idempotencyKey: "k" };
  const customer = await first.stripe.customers.create(
    { email: "b@example.com" },
    create,
  );
  const events = await first.stripe.events.list({ limit: 100 });
  await first.advance(5000);
  await first.close();

  const second = await emulate({ dataDir: first.dataDir });
  expect(
    (await second.stripe.subscriptions.retrieve(subscription.id)).status,
  ).toBe("active");
  const again = await second.stripe.customers.create(
    { email: "b@example.com" },
    create,
  );
  expect(again.id).toBe(customer.id);
  const reread = await second.stripe.events.list({ limit: 100 });
  expect(reread.data.map(({ id }) => id)).toEqual(
    events.data.map(({ id }) => id),
  );
  expect((await second.state()).clock.now).toBeGreaterThan(
    Date.now() / 1000 + 4990,
  );
});

test("a last line cut short is as if its request had never been made", async () => {
  const first = await emulate();
  const kept = await first.stripe.customers.create({
    email: "kept@example.com",
  });
  await first.close();
  const file = path.join(first.dataDir, "journal.jsonl");
  await appendFile(file, '[{"put":"customer","value":{"id":"cus_half","obj');

  const second = await emulate({ dataDir: first.dataDir });
  expect(
    (await second.stripe.customers.list()).data.map(({ id }) => id),
  ).toEqual([kept.id]);
  await second.stripe.customers.create({ email: "next@example.com" });
  await second.close();
  const third = await emulate({ dataDir: first.dataDir });
  expect((await third.stripe.customers.list()).data).toHaveLength(2);
});

test("a journal damaged in its middle is refused by name, and the port is free again", async () => {
  const first = await emulate();
  await first.close();
  await appendFile(path.join(first.dataDir, "journal.jsonl"), "not json\n");
  const start = () =>
    startEmulator({ port: first.port, dataDir: first.dataDir });
  await expect(start()).rejects.toThrow(first.dataDir);
  await expect(start()).rejects.toThrow(first.dataDir);
});

test("a refused request leaves nothing in memory or on disk", async () => {
  const { stripe, dataDir } = await emulate();
  await expect(
    stripe.customers.create({
      payment_method: "pm_card_chargeDeclined",
      name: "Ghost",
    }),
  ).rejects.toMatchObject({ type: "StripeCardError", code: "card_declined" });
  expect((await stripe.customers.list()).data).toEqual([]);
  expect((await stripe.events.list()).data).toEqual([]);
  expect(
    await readFile(path.join(dataDir, "journal.jsonl"), "utf8"),
  ).not.toContain('"cus_');
});

test("a snapshot brings everything back as it was, clock and deliveries included, and survives a restart", async () => {
  const first = await emulate();
  const { stripe } = first;
  const hook = await receiver(() => 500);
  await stripe.webhookEndpoints.create({
    url: hook.url,
    enabled_events: ["customer.subscription.created"],
  });
  const { id, customer } = await subscribed(first);
  await hook.until(() => hook.received.length === 1);
  const events = async ({ stripe: client }: Bench) =>
    (await client.events.list({ limit: 100 })).data.map((event) => event.id);
  const [known, before] = [await events(first), await first.state()];
  await first.control("snapshot", { name: "bought" });

  await first.advance(40 * 86_400);
  await stripe.customers.del(idOf(customer));
  await first.control("faults", { path: "/v1/customers", status: 500 });
  await first.control("restore", { name: "bought" });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  expect((await stripe.customers.list()).data).toHaveLength(1);
  expect(await events(first)).toEqual(known);
  const after = await first.state();
  expect(after.counts).toEqual(before.counts);
  expect(after.clock.now - before.clock.now).toBeLessThan(60);
  await hook.until(() => hook.received.length > 1);
  expect(new Set(hook.types())).toEqual(
    new Set(["customer.subscription.created"]),
  );

  await first.control("reset");
  await first.close();
  const second = await emulate({ dataDir: first.dataDir });
  await second.control("restore", { name: "bought" });
  expect(await events(second)).toEqual(known);
  // Time goes on from there.
  await second.advance(31 * 86_400 + 7200);
  const { data } = await second.stripe.invoices.list({ subscription: id });
  expect(data.map(({ status }) => status)).toEqual(["paid", "paid"]);
});

test("a snapshot that is not there, or has no proper name, changes nothing", async () => {
  const bench = await emulate();
  await bench.stripe.customers.create();
  await expect(bench.control("restore", { name: "none" })).rejects.toThrow(
    "404",
  );
  for (const name of ["../out", "", "a/b"])
    await expect(bench.control("snapshot", { name })).rejects.toThrow("400");
  expect((await bench.stripe.customers.list()).data).toHaveLength(1);
});
