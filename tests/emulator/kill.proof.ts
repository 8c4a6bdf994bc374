import { spawn } from "node:child_process";
import {
  cp,
  mkdtemp,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { customerWithCard, DAY, subscribe } from "./life";
import {
  clientFor,
  emulate,
  idOf,
  recurringPrice,
  type Bench,
} from "./support";

const QUARTER = 100 * DAY;

test(
  "every answered request survives kill -9",
  { timeout: 20_000 },
  async () => {
    const dataDir = await folder();
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

/** Twelve people who have paid for a month, on disk and not running. */
async function subscribedPeople(): Promise<string> {
  const bench = await emulate();
  const { id: price } = await recurringPrice(bench);
  for (let n = 0; n < 12; n += 1) {
    const customer = await customerWithCard(bench);
    await subscribe(bench, { customer, items: [{ price }] });
  }
  await bench.close();
  return folder(bench.dataDir);
}

/** What is stored, and that nothing of it is half: each paid invoice has its payment, its intent and its charge. */
async function inspect(dataDir: string) {
  const bench = await emulate({ dataDir });
  const { counts, clock } = await bench.state();
  await expectWhole(bench);
  const offset = clock.now - Math.floor(Date.now() / 1000);
  const { alarm, charge, event, invoice, invoice_payment } = counts;
  return {
    bench,
    seen: {
      alarm,
      charge,
      event,
      invoice,
      invoice_payment,
      moved: offset > QUARTER / 2,
    },
  };
}

async function expectWhole({ stripe }: Bench): Promise<void> {
  const invoices = await stripe.invoices
    .list({ limit: 100, expand: ["data.payments"] })
    .autoPagingToArray({ limit: 1000 });
  for (const invoice of invoices) {
    expect(invoice).toMatchObject({ amount_paid: 2900, status: "paid" });
    const [payment] = invoice.payments?.data ?? [];
    expect(payment?.status).toBe("paid");
    const intent = await stripe.paymentIntents.retrieve(
      idOf(payment?.payment.payment_intent),
      { expand: ["latest_charge"] },
    );
    expect(intent).toMatchObject({
      latest_charge: { amount: 2900, paid: true },
      status: "succeeded",
    });
  }
  const subscriptions = await stripe.subscriptions.list({
    limit: 100,
    expand: ["data.latest_invoice"],
  });
  for (const { latest_invoice, items } of subscriptions.data)
    expect(latest_invoice).toMatchObject({
      period_end: items.data[0]?.current_period_start,
    } satisfies Partial<Stripe.Invoice>);
}

test(
  "kill -9 while a hundred days pass leaves all of them or none, and the next try makes up for it",
  { timeout: 180_000 },
  async () => {
    const start = await subscribedPeople();
    const lived = await folder(start);
    const before = await inspect(lived);
    const began = performance.now();
    await before.bench.advance(QUARTER);
    const took = performance.now() - began;
    await before.bench.close();
    const whole = (await inspect(lived)).seen;
    expect(whole.invoice).toBe(12 * 4);
    const outcomes = new Set<boolean>();
    for (const share of [0.05, 0.3, 0.6, 0.9, 1.5, 3]) {
      const dataDir = await folder(start);
      const { port, kill } = await startAlone(dataDir);
      const asked = fetch(`http://127.0.0.1:${port}/_emulator/clock`, {
        method: "POST",
        body: JSON.stringify({ advance_seconds: QUARTER }),
      }).catch(() => undefined);
      await pause(took * share);
      kill();
      await asked;
      const { bench, seen } = await inspect(dataDir);
      outcomes.add(seen.moved);
      expect(seen).toEqual(seen.moved ? whole : before.seen);
      if (!seen.moved) await bench.advance(QUARTER);
      await bench.close();
      expect((await inspect(dataDir)).seen).toEqual(whole);
    }
    expect(outcomes.size, "killed before and after").toBe(2);
  },
);

test(
  "a write cut anywhere in its line is as if it had never begun",
  { timeout: 60_000 },
  async () => {
    const dataDir = await subscribedPeople();
    const before = await inspect(dataDir);
    const journal = path.join(dataDir, "journal.jsonl");
    const { length: begin } = await readFile(journal);
    await before.bench.advance(QUARTER);
    await before.bench.close();
    const written = await readFile(journal);
    expect(written.length).toBeGreaterThan(begin + 10_000);
    for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.999]) {
      await writeFile(journal, written);
      await truncate(
        journal,
        begin + Math.floor((written.length - 1 - begin) * share),
      );
      const { bench, seen } = await inspect(dataDir);
      expect(seen).toEqual(before.seen);
      await bench.close();
    }
  },
);

/** Where an emulator of its own keeps its state, as a copy of another's. */
async function folder(from?: string): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), "emulator kill "));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  const dataDir = path.join(made, "stripe");
  if (from) await cp(from, dataDir, { recursive: true });
  return dataDir;
}

/** The emulator in a process of its own, as `npm run emulator` starts it. */
async function startAlone(
  dataDir: string,
): Promise<{ port: number; kill: () => void }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "dev/stripe/main.ts"],
    {
      env: {
        ...process.env,
        STRIPE_EMULATOR_PORT: "0",
        TURNPIKE_DATA: path.dirname(dataDir),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const port = await new Promise<number>((resolve) => {
    child.stdout.on("data", (chunk) => {
      const found = /localhost:(\d+)/.exec(String(chunk))?.[1];
      if (found) resolve(Number(found));
    });
  });
  return { port, kill: () => void child.kill("SIGKILL") };
}
