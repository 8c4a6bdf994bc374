import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { keepSums } from "@/lib/admin/metrics/keep-sums";
import { getMetrics } from "@/lib/admin/metrics/metrics";
import { after, days } from "@/lib/platform/time";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
const tenant = "shop";
beforeAll(async () => {
  world = await startWorld();
  await world.rows(
    "INSERT INTO tenant (id, name, slug) VALUES ($1, 'Shop', 'shop')",
    [tenant],
  );
  await world.rows(
    "INSERT INTO customer (tenant_id, id, livemode, created_at) VALUES ($1, 'cus', false, now())",
    [tenant],
  );
  await world.rows(
    `INSERT INTO payment (tenant_id, id, customer_id, livemode, status, currency, amount, amount_captured, amount_refunded, created_at)
     SELECT $1, 'pi_' || n, 'cus', false, 'succeeded', 'usd', 0, 0, 0, now() FROM generate_series(0, 3) AS n`,
    [tenant],
  );
});
afterAll(() => world.close());

beforeEach(forgetAll);

async function forgetAll() {
  for (const table of [
    "charge",
    "refund",
    "dispute",
    "invoice",
    "mrr_movement",
    "subscription",
    "metric_late",
    "metric_sum",
    "job_cursor",
  ])
    await world.rows(`DELETE FROM ${table}`);
}

const nat = (max: number) => fc.integer({ min: 0, max });

/** A fact of the last seventy days, or of tomorrow: told for the first time, or told anew and otherwise. */
const fact = fc.record({
  kind: fc.constantFrom(
    "charge",
    "charge",
    "refund",
    "refund",
    "dispute",
    "invoice",
    "invoice",
    "subscription",
    "subscription",
  ),
  id: nat(5),
  payment: nat(3),
  ago: fc.oneof(fc.integer({ min: -20, max: 40 }), nat(70 * 24)),
  amount: nat(5000),
  choice: nat(2),
  currency: fc.constantFrom("usd", "eur"),
});
type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

/** That what is over is kept; what was told within the last minute too where `settled`. */
const keeping = fc.record({
  kind: fc.constant("keep"),
  settled: fc.boolean(),
});

/** That a day passes: whatever happened, and all that is known of it, lies a day further back. */
const passing = fc.record({ kind: fc.constant("pass") });

const moments = {
  charge: ["created_at"],
  refund: ["created_at"],
  dispute: ["created_at"],
  invoice: ["paid_at"],
  subscription: ["trial_end"],
  mrr_movement: ["at"],
  metric_late: ["hour", "noted_at"],
} as const;

async function passDay() {
  const shifts = Object.entries(moments).flatMap(([table, columns]) =>
    columns.map((at) => `UPDATE ${table} SET ${at} = ${at} - interval '1 day'`),
  );
  await world.rows(
    `BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL timezone = 'UTC'; ${shifts.join("; ")};
     UPDATE metric_sum SET start = start - interval '9001 days'; UPDATE metric_sum SET start = start + interval '9000 days';
     UPDATE job_cursor SET position = split_part(position, ' ', 1) || ' '
       || to_char(split_part(position, ' ', 2)::timestamptz - interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') WHERE position <> '';
     COMMIT`,
  );
}

async function tell(fact: Fact) {
  const { kind, id, payment, ago, amount, choice, currency } = fact;
  const moment = `now() - make_interval(hours => ${ago})`;
  const key = `'${tenant}', '${kind}_${id}'`;
  const of = `'pi_${payment}'`;
  const pick = (...words: string[]) => `'${words[choice]}'`;
  const all = {
    charge: `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, decline_code, created_at)
      VALUES (${key}, ${of}, false, ${pick("succeeded", "failed", "pending")}, '${currency}', ${amount}, 'reason_${choice}', ${moment})
      ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status, amount_captured = excluded.amount_captured, payment_id = excluded.payment_id`,
    refund: `INSERT INTO refund (tenant_id, id, payment_id, livemode, status, currency, amount, created_at)
      VALUES (${key}, ${of}, false, ${pick("succeeded", "failed", "pending")}, '${currency}', ${amount}, ${moment})
      ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status`,
    dispute: `INSERT INTO dispute (tenant_id, id, payment_id, livemode, status, currency, amount, reason, created_at)
      VALUES (${key}, ${of}, false, ${pick("needs_response", "won", "warning_needs_response")}, '${currency}', ${amount}, 'general', ${moment})
      ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status`,
    invoice: `INSERT INTO invoice (tenant_id, id, customer_id, subscription_id, livemode, status, billing_reason, currency, total, amount_due, amount_paid, attempt_count, payment_ids, paid_at, created_at)
      VALUES (${key}, 'cus', 'subscription_${payment}', false, 'paid', ${pick("subscription_cycle", "subscription_cycle", "subscription_create")}, '${currency}', 1, 1, ${choice === 2 ? 0 : amount}, 1, ARRAY[${of}], ${choice === 1 ? "NULL" : moment}, now())
      ON CONFLICT (tenant_id, id) DO UPDATE SET amount_paid = excluded.amount_paid, paid_at = excluded.paid_at, payment_ids = excluded.payment_ids, subscription_id = excluded.subscription_id`,
    subscription: `INSERT INTO subscription (tenant_id, id, customer_id, livemode, status, currency, collection_method, cancel_at_period_end, started_at, created_at, trial_end, monthly_amount, as_of)
      VALUES (${key}, 'cus', false, ${pick("active", "trialing", "canceled")}, '${currency}', 'charge_automatically', false, now(), now(), ${moment}, ${choice === 0 ? amount : 0}, ${moment})
      ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status, trial_end = excluded.trial_end,
        monthly_amount = excluded.monthly_amount, as_of = excluded.as_of`,
  };
  await world.rows(all[kind]);
}

const age = () =>
  world.rows(
    "UPDATE metric_late SET noted_at = noted_at - interval '2 minutes'",
  );
const keepAll = () => keepSums(after(new Date(), days(1)));

async function read() {
  const periods = (["30d", "12w", "12m"] as const).map((period) =>
    getMetrics({ period }),
  );
  return (await Promise.all(periods)).map(({ measured }) =>
    measured.map(({ metric, series }) => [metric.key, series]),
  );
}

/** As if nothing had ever been kept. */
async function readFromScratch() {
  await world.rows("CREATE TABLE aside AS TABLE job_cursor");
  await world.rows("DELETE FROM job_cursor");
  const figures = await read();
  await world.rows("INSERT INTO job_cursor TABLE aside");
  await world.rows("DROP TABLE aside");
  return figures;
}

const keptSpans = async () => {
  const [row] = await world.rows<{ spans: number }>(
    "SELECT count(DISTINCT start)::int AS spans FROM metric_sum",
  );
  return row?.spans ?? 0;
};

it("are the same whether they were kept or are added up from scratch, whatever is told late", async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fact },
    { weight: 1, arbitrary: keeping },
    { weight: 1, arbitrary: passing },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 60 }),
      async (steps) => {
        await forgetAll();
        for (const one of steps) {
          if (one.kind === "pass") await passDay();
          else if ("settled" in one) {
            if (one.settled) await age();
            await keepAll();
          } else if ("ago" in one) {
            await tell(one);
            continue;
          }
          expect(await read()).toEqual(await readFromScratch());
        }
        expect(await read()).toEqual(await readFromScratch());
        await age();
        await keepAll();
        expect(await read()).toEqual(await readFromScratch());
        expect(await world.rows("SELECT FROM metric_late")).toEqual([]);
        expect(await keptSpans()).toBeGreaterThan(0);
      },
    ),
    { numRuns: Number(process.env.SUMS_RUNS ?? 6), endOnFailure: true },
  );
}, 300_000);

const base = {
  id: 1,
  payment: 1,
  ago: 5 * 24,
  amount: 1000,
  choice: 0,
  currency: "usd",
} as const;

async function revenue() {
  const { measured } = await getMetrics({ period: "30d" });
  const found = measured.find(({ metric }) => metric.key === "revenue");
  return found?.series[0]?.total;
}

it("a refund that is told of late is in the figures at once, and is kept by the next run", async () => {
  await tell({ ...base, kind: "charge", ago: 20 * 24 });
  await age();
  await keepAll();
  expect(await revenue()).toMatchObject({ gross: 1000n, refunded: 0n });
  await tell({ ...base, kind: "refund", amount: 400 });
  expect(await revenue()).toMatchObject({ refunded: -400n, net: 600n });
  await age();
  await keepAll();
  expect(await revenue()).toMatchObject({ refunded: -400n, net: 600n });
  expect(
    await world.rows(
      "SELECT amount::int FROM metric_sum WHERE metric = 'revenue' AND key = 'refunded'",
    ),
  ).toEqual([{ amount: -400 }]);
});

it("what is kept is what is read: what is over is not added up again", async () => {
  await tell({ ...base, kind: "charge" });
  await age();
  await keepAll();
  await world.rows(
    "UPDATE metric_sum SET amount = 7 WHERE metric = 'revenue' AND key = 'gross'",
  );
  expect(await revenue()).toMatchObject({ gross: 7n });
});

it("what was kept of other sums does not count, and is kept anew", async () => {
  await tell({ ...base, kind: "charge" });
  await age();
  await keepAll();
  await world.rows("UPDATE metric_sum SET amount = 7");
  await world.rows(
    "UPDATE job_cursor SET position = 'another ' || split_part(position, ' ', 2)",
  );
  expect(await revenue()).toMatchObject({ gross: 1000n });
  await keepAll();
  expect(await revenue()).toMatchObject({ gross: 1000n });
  expect(await world.rows("SELECT FROM metric_sum WHERE amount = 7")).toEqual(
    [],
  );
});

it("a run that ends early leaves the rest to be added up, and the next goes on", async () => {
  await tell({ ...base, kind: "charge", ago: 60 * 24 });
  await keepSums(after(new Date(), -1));
  expect(await keptSpans()).toBe(0);
  await keepAll();
  expect(await keptSpans()).toBe(1);
});

it("who writes beside another within the last minute is waited for", async () => {
  await tell({ ...base, kind: "charge", choice: 1, ago: 20 * 24 * 24 });
  await age();
  await keepAll();
  await tell({ ...base, kind: "invoice" });
  await age();
  await tell({ ...base, kind: "invoice", amount: 7 });
  await keepAll();
  expect(await world.rows("SELECT hour FROM metric_late")).toHaveLength(1);
  await age();
  await keepAll();
  expect(await world.rows("SELECT hour FROM metric_late")).toEqual([]);
});

it("hours of today are kept, and become one day when it is over", async () => {
  const today = "date_trunc('day', now(), 'UTC')";
  for (const [id, at] of ["0 minutes", "59 minutes"].entries())
    await world.rows(
      `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, created_at)
       VALUES ('${tenant}', 'ch_${id}', 'pi_1', false, 'succeeded', 'usd', 100, ${today} - interval '1 day' + interval '${at}')`,
    );
  await world.rows(
    `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, created_at)
     SELECT '${tenant}', 'ch_now_' || n, 'pi_1', false, 'succeeded', 'usd', 10, ${today} - n * interval '1 hour'
     FROM generate_series(2, 4) AS n`,
  );
  await age();
  await keepAll();
  const kept = () =>
    world.rows(
      "SELECT start, amount::int FROM metric_sum WHERE metric = 'revenue' ORDER BY start",
    );
  expect(await kept()).toHaveLength(1);
  expect(await revenue()).toMatchObject({ gross: 230n });
  // As it was yesterday at three: two hours were kept, with one fact each.
  await world.rows("DELETE FROM metric_sum");
  await world.rows(
    `INSERT INTO metric_sum (livemode, metric, start, "group", key, amount)
     VALUES (false, 'revenue', ${today} - interval '24 hours', 'usd', 'gross', 200),
       (false, 'revenue', ${today} - interval '22 hours', 'usd', 'gross', 0)`,
  );
  await world.rows(
    `UPDATE job_cursor SET position = split_part(position, ' ', 1) || ' ' || (${today} - interval '21 hours')::text`,
  );
  expect(await revenue()).toMatchObject({ gross: 230n });
  await keepAll();
  expect(await kept()).toMatchObject([{ amount: 230 }]);
  expect(await revenue()).toMatchObject({ gross: 230n });
});
