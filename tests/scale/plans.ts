import { open, stat } from "node:fs/promises";
import type pg from "pg";
import { greedyScans, type PlanNode } from "../support/plan-scans";

/**
 * A page may go through so many rows of a table that grows. It lists fifty at most; where one row in thirty is wanted,
 * Postgres may find the rest cheaper to pass by than to avoid, and that stays the same however many there are.
 */
const most = 2_500;

/**
 * What every statement of the database `name` does while `work` runs, as Postgres itself explains it: one line for
 * each scan of a whole big table, and for each that goes through more than `most` rows of one.
 */
export async function badScans(
  options: {
    admin: pg.Client;
    log: string;
    name: string;
    big: ReadonlySet<string>;
  },
  work: () => Promise<unknown>,
): Promise<string[]> {
  const { admin, log, name, big } = options;
  await explain(admin, true);
  const { size } = await stat(log);
  try {
    await work();
  } finally {
    await explain(admin, false);
  }
  const text = await readFrom(log, size);
  return plansIn(text, name).flatMap(({ query, plan }) =>
    greedyScans(plan, { tables: big, most }).map(
      (scan) => `${scan}: ${query.replace(/\s+/g, " ").slice(0, 160)}`,
    ),
  );
}

/** Tables that grow, by how many rows they have now. */
export async function bigTables(db: pg.Client): Promise<Set<string>> {
  const { rows } = await db.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 500",
  );
  return new Set(rows.map(({ name }) => name));
}

async function explain(admin: pg.Client, on: boolean): Promise<void> {
  await admin.query(
    `ALTER SYSTEM SET auto_explain.log_min_duration = ${on ? 0 : -1}`,
  );
  await admin.query("SELECT pg_reload_conf()");
  await new Promise((resolve) => setTimeout(resolve, 300)); // until every backend has heard of it
}

async function readFrom(file: string, from: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(size - from);
    await handle.read(bytes, 0, bytes.length, from);
    return bytes.toString("utf8");
  } finally {
    await handle.close();
  }
}

/** Each entry of the log begins with its database; what belongs to it is indented by a tab. */
function plansIn(
  text: string,
  name: string,
): { query: string; plan: PlanNode }[] {
  return text.split(/\n(?=\[)/).flatMap((entry) => {
    if (!entry.startsWith(`[${name}] `)) return [];
    const at = entry.indexOf("plan:\n");
    if (at < 0) return [];
    const json = JSON.parse(entry.slice(at + 6)) as {
      "Query Text": string;
      Plan: PlanNode;
    };
    return [{ query: json["Query Text"], plan: json.Plan }];
  });
}
