import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startPostgres } from "../../dev/postgres";
import { migrate } from "../../prisma/migrate.mjs";

/** A Postgres of our own, as durable as a real one, that can be ended at any moment. */
export async function startDatabase(dataDir: string) {
  let postgres = await startPostgres({ dataDir });
  await migrate(postgres.url);
  let stopping: Promise<void> = Promise.resolve();

  /** Again where the database was just ended: ask it nothing that must not be done twice. */
  async function ask<Row extends pg.QueryResultRow>(
    sql: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    for (let tries = 1; ; tries += 1) {
      await stopping;
      try {
        return await askOnce<Row>(sql, values);
      } catch (error) {
        if (tries === 20) throw error;
        await pause(250);
      }
    }
  }

  async function askOnce<Row extends pg.QueryResultRow>(
    sql: string,
    values: unknown[],
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: inDatabase(postgres) });
    client.on("error", () => {}); // the query's own promise says it
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  return {
    url: postgres.url,
    port: () => Number(new URL(postgres.url).port),
    /** Rows as they are, past every policy. */
    ask,
    /** Ends some of the app's connections. Says how many. */
    async terminate(most: number): Promise<number> {
      const rows = await ask(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE usename = 'turnpike' AND pid <> pg_backend_pid() ORDER BY random() LIMIT $1`,
        [most],
      );
      return rows.length;
    },
    /** As a power cut at the database: no checkpoint, and it recovers from its log. */
    outage(ms: number): Promise<void> {
      const before = stopping;
      stopping = (async () => {
        await before;
        const file = join(dataDir, "postgres/postmaster.pid");
        const [pid] = (await readFile(file, "utf8")).split("\n");
        process.kill(Number(pid), "SIGQUIT");
        await pause(ms);
        postgres = await restart(dataDir);
      })();
      return stopping;
    },
    async close(): Promise<void> {
      await stopping;
      await postgres.close();
    },
  };
}

/** The last server's processes may still be ending. */
async function restart(dataDir: string) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startPostgres({ dataDir });
    } catch (error) {
      if (tries === 20) throw error;
      await pause(250);
    }
  }
}

function inDatabase({ adminUrl }: { adminUrl: string }): string {
  const url = new URL(adminUrl);
  url.pathname = "/turnpike";
  return url.href;
}
