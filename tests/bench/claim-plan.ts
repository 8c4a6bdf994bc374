import { claimDueSql } from "@/lib/webhooks/claim";
import type { WebhookApp } from "./webhook-app";

type Plan = {
  "QUERY PLAN": {
    Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number };
  }[];
};

/** How many pages of the database a claim reads with 10 rows due, without and with a million done ones beside them. */
export async function measureClaim(app: WebhookApp): Promise<number> {
  await app.sql("TRUNCATE stripe_event");
  await insert(app, "due", 10, "'pending', NULL");
  const few = await buffersOf(app);
  await insert(app, "done", 1_000_000, "'done', now()");
  const many = await buffersOf(app);
  console.log(
    `claim: ${few} buffers at 10 rows, ${many} at 10 and a million done`,
  );
  return Math.max(few, many);
}

async function insert(
  app: WebhookApp,
  name: string,
  count: number,
  state: string,
) {
  await app.sql(
    `INSERT INTO stripe_event (account, livemode, id, type, object_id, payload, secret_index, state, finished_at)
     SELECT '', false, 'evt_' || $1 || at, 'customer.subscription.updated', 'sub_' || $1 || at, '', 0, ${state}
     FROM generate_series(1, $2::int) AS at`,
    [name, count],
  );
  await app.sql("VACUUM ANALYZE stripe_event");
}

async function buffersOf(app: WebhookApp): Promise<number> {
  const { text, values } = claimDueSql();
  const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`;
  await app.sql(explain, values); // plans, and fills the caches
  const [row] = await app.sql<Plan>(explain, values);
  const plan = row?.["QUERY PLAN"][0]?.Plan;
  if (!plan) throw new Error("no plan");
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}
