import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { claimDueSql } from "@/lib/webhooks/claim";

let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client(process.env["TEST_ADMIN_DATABASE_URL"]);
  await admin.connect();
});
afterAll(() => admin.end());

const insert = (name: string, count: number, state: string) =>
  admin.query(
    `INSERT INTO stripe_event (account, livemode, id, type, object_id, payload, secret_index, state, finished_at)
     SELECT '', false, 'evt_' || $1::text || at, 'customer.subscription.updated', 'sub_' || $1 || at, '', 0, ${state}
     FROM generate_series(1, $2::int) AS at`,
    [name, count],
  );

/** The plan of one claim as text, and how many pages it reads. It is taken back. */
async function claimPlan() {
  const { text, values } = claimDueSql();
  await admin.query("BEGIN");
  const { rows } = await admin.query<{ "QUERY PLAN": string }>(
    `EXPLAIN (ANALYZE, BUFFERS) ${text}`,
    values,
  );
  await admin.query("ROLLBACK");
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  const [, hit = "0", read = "0"] =
    /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan) ?? [];
  return { plan, buffers: Number(hit) + Number(read) };
}

it("a claim reads ten pages at most, however many events are done", async () => {
  await insert("due", 10, "'pending', NULL");
  await insert("done", 20_000, "'done', now()");
  await admin.query("VACUUM ANALYZE stripe_event");
  await claimPlan();
  const { plan, buffers } = await claimPlan();
  expect(plan).toContain("stripe_event_due");
  expect(plan).not.toContain("Seq Scan");
  expect(buffers, plan).toBeLessThanOrEqual(10);
});

it("a backlog that the statistics do not know of yet is not gone through for every claim", async () => {
  await insert("backlog", 3000, "'pending', NULL");
  const { plan, buffers } = await claimPlan();
  expect(plan).not.toContain("Seq Scan");
  expect(buffers, plan).toBeLessThanOrEqual(20);
});
