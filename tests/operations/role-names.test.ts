import pg from "pg";
import { expect, inject, test } from "vitest";
import { migrate } from "@/prisma/migrate.mjs";

const { adminUrl } = inject("postgres");

function urlOf(database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test.each([
  ["of 31 two-byte letters", "é".repeat(31)],
  ["of 63 letters", "a".repeat(63)],
  ["with a quote and a space", `it's "quoted"`],
])("a database with a name %s has three roles of its own", async (_, name) => {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  await query(adminUrl, `CREATE DATABASE ${quoted}`);
  try {
    await migrate(urlOf(name), () => {});
    const roles = await query<{ rolname: string }>(
      urlOf(name),
      `SELECT rolname FROM pg_roles
       WHERE rolname IN (app_role('tenant'), app_role('system'), app_role('auth'))
         AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcanlogin`,
    );
    expect(roles).toHaveLength(3);
  } finally {
    await query(adminUrl, `DROP DATABASE ${quoted} WITH (FORCE)`);
  }
});
