import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export type TestDatabase = {
  /** As the app logs in: the plain role that owns the tables. */
  url: string;
  /** As the superuser, past row-level security. */
  adminUrl: string;
  drop(): Promise<void>;
};

/** A migrated database of the caller's own, copied in a twentieth of a second. */
export function cloneDatabase(): Promise<TestDatabase> {
  return create(new URL(inject("postgres").templateUrl).pathname.slice(1));
}

export function emptyDatabase(): Promise<TestDatabase> {
  return create("template1");
}

async function create(template: string): Promise<TestDatabase> {
  const { adminUrl, templateUrl } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(
    adminUrl,
    `CREATE DATABASE ${name} TEMPLATE ${template} OWNER turnpike`,
  );
  return {
    url: to(name, templateUrl),
    adminUrl: to(name, adminUrl),
    drop: () => run(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function to(database: string, url: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function run(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
