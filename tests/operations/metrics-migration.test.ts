import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate.mjs";
import { emptyDatabase } from "../support/database";

const all = "prisma/migrations";
const metrics = "20261122010100_metrics";

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let folder: string;
let admin: pg.Client;

/** A database as it was before metrics. */
beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), "turnpike-before-metrics-"));
  for (const name of await readdir(all))
    if (name < metrics)
      await cp(join(all, name), join(folder, name), { recursive: true });
  await migrate(database.url, () => {}, folder);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterEach(async () => {
  await admin.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

type Item = [amount: number | null, quantity: number | null, interval: string];

/** A plan of a workspace of its own, both of this name, whose trial ended long ago. */
async function plan(name: string, items: readonly Item[], status = "active") {
  await admin.query("INSERT INTO tenant (id, name, slug) VALUES ($1, $1, $1)", [
    name,
  ]);
  await admin.query(
    "INSERT INTO customer (tenant_id, id, livemode, created_at) VALUES ($1, 'cus', false, now())",
    [name],
  );
  await admin.query(
    `INSERT INTO subscription (tenant_id, id, customer_id, livemode, status, currency, collection_method,
       cancel_at_period_end, trial_end, started_at, created_at)
     VALUES ($1, $1, 'cus', false, $2, 'usd', 'charge_automatically', false, '2026-02-01', '2026-01-01', '2026-01-01')`,
    [name, status],
  );
  for (const [index, [amount, quantity, interval]] of items.entries())
    await admin.query(
      `INSERT INTO subscription_item (tenant_id, id, subscription_id, price_id, product_id, quantity, unit_amount,
         "interval", interval_count, current_period_start, current_period_end)
       VALUES ($1, $2, $1, 'price', 'prod', $3, $4, $5, 1, now(), now())`,
      [name, `si_${index}`, quantity, amount, interval],
    );
}

test("a plan that was there already counts as new on the day of the migration, for what it brings in a month", async () => {
  await plan("monthly", [[2900, 2, "month"]]);
  await plan("yearly", [[29_000, 1, "year"]]);
  await plan("metered", [
    [2900, 1, "month"],
    [7, null, "month"],
  ]);
  await plan("tiered", [[null, 1, "month"]]);
  await plan("trial", [[2900, 1, "month"]], "trialing");
  await plan("late", [[2900, 1, "month"]], "past_due");
  await plan("ended", [[2900, 1, "month"]], "canceled");
  const before = new Date();

  await migrate(database.url, () => {}, all);

  const { rows } = await admin.query<{ at: Date }>(
    `SELECT tenant_id AS plan, kind, "before"::int, "after"::int, "at" FROM mrr_movement ORDER BY 1`,
  );
  const isNew = (name: string, amount: number) => ({
    plan: name,
    kind: "new",
    before: 0,
    after: amount,
    at: expect.any(Date) as Date,
  });
  expect(rows).toEqual([
    isNew("late", 2900),
    isNew("metered", 2900),
    isNew("monthly", 5800),
    isNew("yearly", 2417),
  ]);
  for (const { at } of rows)
    expect(at.getTime()).toBeGreaterThanOrEqual(before.getTime());
});
