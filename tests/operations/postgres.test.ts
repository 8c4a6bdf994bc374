import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Postgres, startPostgres } from "@/dev/postgres";
import { queryOnce } from "@/tests/support/query-once";

let dataDir: string;
let postgres: Postgres | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "turnpike postgres "));
  await chmod(dataDir, 0o711); // as root, Postgres runs as another user
});

afterEach(async () => {
  await postgres?.close();
  postgres = undefined;
  await rm(dataDir, { recursive: true });
});

test("the app's login owns its database and is no superuser", async () => {
  postgres = await startPostgres({ dataDir, fsync: false });

  const rows = await queryOnce(
    postgres.url,
    `SELECT rolsuper, rolbypassrls, rolcreaterole, current_database() AS db
     FROM pg_roles WHERE rolname = current_user`,
  );

  expect(rows).toEqual([
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: true,
      db: "turnpike",
    },
  ]);
});

test("a second start finds the data and keeps the address", async () => {
  postgres = await startPostgres({ dataDir, fsync: false });
  const { url } = postgres;
  await queryOnce(url, "CREATE TABLE kept AS SELECT 1 AS n");
  await postgres.close();

  postgres = await startPostgres({ dataDir, fsync: false });

  expect(postgres.url).toBe(url);
  expect(await queryOnce(url, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
});
