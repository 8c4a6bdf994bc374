import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, migrateAs, whyNotNow } from "@/prisma/migrate.mjs";
import { emptyDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), "turnpike-migrations-"));
  await write(
    "1_first",
    "CREATE TABLE first (id int); CREATE TABLE more (id int);",
  );
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

async function query(sql: string, url = database.url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const apply = () => migrate(database.url, () => {}, folder);

test("what is pending is applied once, in order", async () => {
  await write("2_second", "ALTER TABLE first ADD COLUMN name text");

  expect(await apply()).toEqual(["1_first", "2_second"]);
  expect(await apply()).toEqual([]);

  await write("3_third", "DROP TABLE more");
  expect(await apply()).toEqual(["3_third"]);
});

test("migrations are recorded as Prisma records them", async () => {
  await apply();

  const sql = await readFile(join(folder, "1_first/migration.sql"));
  const [row] = await query("SELECT * FROM _prisma_migrations");
  expect(row).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    checksum: createHash("sha256").update(sql).digest("hex"),
    migration_name: "1_first",
    started_at: expect.any(Date) as Date,
    finished_at: expect.any(Date) as Date,
    applied_steps_count: 1,
    logs: null,
    rolled_back_at: null,
  });
});

test("a migration that fails leaves nothing behind and can be mended", async () => {
  await write("2_second", "CREATE TABLE second (id int); SELECT 1/0;");
  await expect(apply()).rejects.toThrow(/2_second failed .* division by zero/);
  expect(await query("SELECT to_regclass('second') AS t")).toEqual([
    { t: null },
  ]);

  await write("2_second", "CREATE TABLE second (id int)");
  expect(await apply()).toEqual(["2_second"]);
});

test("an applied migration that was edited is refused", async () => {
  await apply();
  await write("1_first", "CREATE TABLE other (id int)");

  await expect(apply()).rejects.toThrow(/1_first was changed after/);
});

test("a failure that Prisma recorded is refused until it is resolved", async () => {
  await apply();
  await query("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(apply()).rejects.toThrow(
    /migrate resolve --rolled-back 1_first/,
  );

  await query("UPDATE _prisma_migrations SET rolled_back_at = now()");
  await write("1_first", "CREATE TABLE again (id int)");
  expect(await apply()).toEqual(["1_first"]);
});

test("several at once apply everything exactly once", async () => {
  const applied = await Promise.all([apply(), apply(), apply(), apply()]);
  expect(applied.flat()).toEqual(["1_first"]);
});

test("a login that owns nothing may act in the roles, but holds only auth's by itself", async () => {
  await cp("prisma/migrations", folder, { recursive: true });
  await rm(join(folder, "1_first"), { recursive: true });
  const login = `app_${Date.now()}`;
  await query(
    `CREATE ROLE ${login} LOGIN PASSWORD 'secret'`,
    inject("postgres").adminUrl,
  );
  const appUrl = new URL(database.url);
  appUrl.username = login;
  appUrl.password = "secret";

  await migrateAs(appUrl.href, database.url);

  await expect(query("SELECT id FROM customer", appUrl.href)).rejects.toThrow(
    /permission denied/,
  );
  expect(await query('SELECT id FROM "user"', appUrl.href)).toEqual([]);
  const rows = await query(
    "SELECT pg_has_role(app_role('tenant'), 'SET') AS tenant, pg_has_role(app_role('system'), 'SET') AS system",
    appUrl.href,
  );
  expect(rows).toEqual([{ tenant: true, system: true }]);
});

test("the build of a deployment migrates, but for a preview that shares production’s database", () => {
  const DATABASE_URL = "postgres://x";
  expect(whyNotNow({})).toMatch(/not set yet/);
  expect(whyNotNow({ DATABASE_URL })).toBeNull();
  expect(whyNotNow({ DATABASE_URL, VERCEL_ENV: "production" })).toBeNull();
  expect(whyNotNow({ DATABASE_URL, VERCEL_ENV: "preview" })).toMatch(/preview/);
  expect(
    whyNotNow({ DATABASE_URL, VERCEL_ENV: "preview", MIGRATE_PREVIEWS: "on" }),
  ).toBeNull();
});

test("a migration that waits for a lock gives up in ten seconds, and leaves nothing behind", async () => {
  await write(
    "2_second",
    "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS patience",
  );
  await apply();
  expect(await query("SELECT patience FROM seen")).toEqual([
    { patience: "10s" },
  ]);

  // One that is less patient by its own wish, so that nobody has to wait.
  const sql =
    "SET LOCAL lock_timeout = '100ms'; ALTER TABLE first ADD name text";
  await write("3_third", sql);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE first");

  await expect(apply()).rejects.toThrow(/3_third failed .* lock timeout/);
  await client.end();
  expect(await apply()).toEqual(["3_third"]);
});
