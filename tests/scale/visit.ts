import type pg from "pg";
import type { Visit } from "./pages";
import type { Twin } from "./twins";

/** Milliseconds until the whole answer is there; what Postgres planned and executed for it, and the pages it read. */
export type Cost = { ms: number; dbMs: number; buffers: number };

/** Opens it once. Throws for an answer that is a fault or a refusal. */
export async function visit(
  twin: Twin,
  { path, method = "GET", headers, body, name, before }: Visit,
): Promise<number> {
  if (before) await twin.db.query(before);
  const made = body?.();
  const began = performance.now();
  const answer = await fetch(twin.origin + path, {
    method,
    redirect: "manual",
    headers: { ...headers, ...made?.headers },
    ...(made && { body: made.text }),
  });
  const text = await answer.text();
  const ms = performance.now() - began;
  if (answer.status >= 400)
    throw new Error(`${name}: ${answer.status} ${text.slice(0, 300)}`);
  return ms;
}

/** The mean of `times` visits, one after the other. */
export async function costOf(
  admin: pg.Client,
  twin: Twin,
  what: Visit,
  times: number,
): Promise<Cost> {
  await admin.query(
    "SELECT pg_stat_statements_reset(0, oid, 0) FROM pg_database WHERE datname = $1",
    [twin.name],
  );
  let ms = 0;
  for (let at = 0; at < times; at += 1) ms += await visit(twin, what);
  const { rows } = await admin.query<{ ms: number; buffers: number }>(
    `SELECT COALESCE(sum(total_plan_time + total_exec_time), 0)::float AS ms,
       COALESCE(sum(shared_blks_hit + shared_blks_read), 0)::float AS buffers
     FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = $1)`,
    [twin.name],
  );
  const [row] = rows;
  return {
    ms: ms / times,
    dbMs: (row?.ms ?? 0) / times,
    buffers: (row?.buffers ?? 0) / times,
  };
}
