import fc from "fast-check";
import { expect } from "vitest";
import { keepSums } from "@/lib/admin/metrics/keep-sums";
import { getMetrics } from "@/lib/admin/metrics/metrics";
import { after, days } from "@/lib/platform/time";
import type { World } from "./world";

const tenant = "shop";

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
export type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

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

/** One workspace whose facts are told late, early and again, and what is kept of them. */
export async function lateFacts(world: World) {
  await world.delivered(); // what setting up made: it is counted among the webhooks
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

  async function passDay() {
    const shifts = Object.entries(moments).flatMap(([table, columns]) =>
      columns.map(
        (at) => `UPDATE ${table} SET ${at} = ${at} - interval '1 day'`,
      ),
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

  /** Figures are the same whether they were kept or are added up from scratch, whatever is told late. */
  async function holds(runs: number) {
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
          // The hour that has just ended is kept a minute later.
          expect(
            await world.rows(
              "SELECT FROM metric_late WHERE hour < date_trunc('hour', now() - interval '1 minute', 'UTC')",
            ),
          ).toEqual([]);
          expect(await keptSpans()).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  }

  return { tenant, forgetAll, tell, age, keepAll, keptSpans, holds };
}
