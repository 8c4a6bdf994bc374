import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { keepSums } from "@/lib/admin/metrics/keep-sums";
import { getMetrics } from "@/lib/admin/metrics/metrics";
import { after } from "@/lib/platform/time";
import { lateFacts } from "@/tests/support/late-facts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
let facts: Awaited<ReturnType<typeof lateFacts>>;
beforeAll(async () => {
  world = await startWorld();
  facts = await lateFacts(world);
});
afterAll(() => world.close());

beforeEach(() => facts.forgetAll());

it("are the same whether they were kept or are added up from scratch, whatever is told late", async () => {
  await facts.holds(2);
});

const base = {
  id: 1,
  payment: 1,
  ago: 5 * 24,
  amount: 1000,
  choice: 0,
  currency: "usd",
} as const;

async function totalOf(key: string) {
  const { measured } = await getMetrics({ period: "30d" });
  const found = measured.find(({ metric }) => metric.key === key);
  return found?.series[0]?.total;
}
const revenue = () => totalOf("revenue");

it("a refund that is told of late is in the figures at once, and is kept by the next run", async () => {
  await facts.tell({ ...base, kind: "charge", ago: 20 * 24 });
  await facts.age();
  await facts.keepAll();
  expect(await revenue()).toMatchObject({ gross: 1000n, refunded: 0n });
  await facts.tell({ ...base, kind: "refund", amount: 400 });
  expect(await revenue()).toMatchObject({ refunded: -400n, net: 600n });
  await facts.age();
  await facts.keepAll();
  expect(await revenue()).toMatchObject({ refunded: -400n, net: 600n });
  expect(
    await world.rows(
      "SELECT amount::int FROM metric_sum WHERE metric = 'revenue' AND key = 'refunded'",
    ),
  ).toEqual([{ amount: -400 }]);
});

it("a first payment converts a trial whose day was kept", async () => {
  await facts.tell({ ...base, kind: "subscription", ago: 20 * 24 });
  await facts.age();
  await facts.keepAll();
  expect(await totalOf("trials")).toMatchObject({ converted: 0n, unpaid: 1n });
  await facts.tell({ ...base, kind: "invoice" });
  expect(await totalOf("trials")).toMatchObject({ converted: 1n, unpaid: 0n });
  await facts.age();
  await facts.keepAll();
  expect(await totalOf("trials")).toMatchObject({ converted: 1n, unpaid: 0n });
});

it("what is kept is what is read: what is over is not added up again", async () => {
  await facts.tell({ ...base, kind: "charge" });
  await facts.age();
  await facts.keepAll();
  await world.rows(
    "UPDATE metric_sum SET amount = 7 WHERE metric = 'revenue' AND key = 'gross'",
  );
  expect(await revenue()).toMatchObject({ gross: 7n });
});

it("what was kept of other sums does not count, and is kept anew", async () => {
  await facts.tell({ ...base, kind: "charge" });
  await facts.age();
  await facts.keepAll();
  await world.rows("UPDATE metric_sum SET amount = 7");
  await world.rows(
    "UPDATE job_cursor SET position = 'another ' || split_part(position, ' ', 2)",
  );
  expect(await revenue()).toMatchObject({ gross: 1000n });
  await facts.keepAll();
  expect(await revenue()).toMatchObject({ gross: 1000n });
  expect(await world.rows("SELECT FROM metric_sum WHERE amount = 7")).toEqual(
    [],
  );
});

it("a run that ends early leaves the rest to be added up, and the next goes on", async () => {
  await facts.tell({ ...base, kind: "charge", ago: 60 * 24 });
  await keepSums(after(new Date(), -1));
  expect(await facts.keptSpans()).toBe(0);
  await facts.keepAll();
  expect(await facts.keptSpans()).toBe(1);
});

it("who writes beside another within the last minute is waited for", async () => {
  await facts.tell({ ...base, kind: "charge", choice: 1, ago: 20 * 24 });
  await facts.age();
  await facts.keepAll();
  await facts.tell({ ...base, kind: "invoice" });
  await facts.age();
  await facts.tell({ ...base, kind: "invoice", amount: 7 });
  await facts.keepAll();
  expect(await world.rows("SELECT hour FROM metric_late")).toHaveLength(1);
  await facts.age();
  await facts.keepAll();
  expect(await world.rows("SELECT hour FROM metric_late")).toEqual([]);
});

it("hours of today are kept, and become one day when it is over", async () => {
  const today = "date_trunc('day', now(), 'UTC')";
  for (const [id, at] of ["0 minutes", "59 minutes"].entries())
    await world.rows(
      `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, created_at)
       VALUES ('${facts.tenant}', 'ch_${id}', 'pi_1', false, 'succeeded', 'usd', 100, ${today} - interval '1 day' + interval '${at}')`,
    );
  await world.rows(
    `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, created_at)
     SELECT '${facts.tenant}', 'ch_now_' || n, 'pi_1', false, 'succeeded', 'usd', 10, ${today} - n * interval '1 hour'
     FROM generate_series(2, 4) AS n`,
  );
  await facts.age();
  await facts.keepAll();
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
  await facts.keepAll();
  expect(await kept()).toMatchObject([{ amount: 230 }]);
  expect(await revenue()).toMatchObject({ gross: 230n });
});
