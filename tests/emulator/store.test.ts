import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../dev/stripe/server";
import { clientFor, emulate, subscribed } from "./support";

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

test(
  "every answered request survives kill -9",
  { timeout: 20_000 },
  async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), "emulator kill "));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const { port, kill } = await startAlone(dataDir);
    const stripe = clientFor(port);
    const answered: string[] = [];
    const work = Array.from({ length: 200 }, (_, n) =>
      stripe.customers.create({ name: `c${n}` }).then(
        ({ id }) => {
          answered.push(id);
          if (answered.length === 60) kill();
        },
        () => undefined,
      ),
    );
    await Promise.all(work);
    expect(answered.length).toBeGreaterThanOrEqual(60);

    const after = await emulate({ dataDir });
    const kept = await after.stripe.customers
      .list({ limit: 100 })
      .autoPagingToArray({ limit: 1000 });
    const ids = new Set(kept.map(({ id }) => id));
    expect(answered.filter((id) => !ids.has(id))).toEqual([]);
  },
);

/** The emulator in a process of its own, as `dev/stripe/main.ts` runs it. */
async function startAlone(
  dataDir: string,
): Promise<{ port: number; kill: () => void }> {
  const code = `
    import { startEmulator } from ${JSON.stringify(path.resolve("dev/stripe/server.ts"))};
    const { port } = await startEmulator({ port: 0, dataDir: process.argv[1] });
    console.log("port", port);`;
  const args = ["--import", "tsx", "--input-type=module", "-e", code, dataDir];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const port = await new Promise<number>((resolve) => {
    child.stdout.on("data", (chunk) => {
      const found = /port (\d+)/.exec(String(chunk))?.[1];
      if (found) resolve(Number(found));
    });
  });
  return { port, kill: () => void child.kill("SIGKILL") };
}
