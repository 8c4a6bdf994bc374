import { expect, it } from "vitest";
import { Prisma, systemDb, systemSql } from "@/lib/platform/db";

const one = () =>
  systemSql<{ one: number }>("test", Prisma.sql`SELECT 1 AS one`);

it("a single statement runs as system, and the connection goes back as it came", async () => {
  const [inside] = await systemSql<{ role: string; expected: string }>(
    "test",
    Prisma.sql`SELECT current_user AS role, app_role('system') AS expected`,
  );
  expect(inside?.role).toBe(inside?.expected);
  const [outside] = await systemSql<{ login: string }>(
    "test",
    Prisma.sql`SELECT session_user AS login`,
  );
  expect(outside?.login).not.toBe(inside?.role);
});

it("what it wrote stands when it returns, and a failure leaves nothing", async () => {
  const write = (name: string, lease: string) =>
    systemSql(
      "test",
      Prisma.sql`INSERT INTO job_cursor (name, lease_until) VALUES (${name}, ${lease}::timestamptz)`,
    );
  await write("written", "2026-01-01");
  await expect(write("broken", "never")).rejects.toThrow(/invalid input/);
  await expect(write("written", "2026-01-01")).rejects.toMatchObject({
    code: "23505",
  });
  expect(await one()).toEqual([{ one: 1 }]);
  const names = await systemDb("test", (tx) => tx.jobCursor.findMany());
  expect(names.map(({ name }) => name)).toEqual(["written"]);
});

it("a connection that is cut is an error and no end: the next one is another", async () => {
  const cut = systemSql(
    "test",
    Prisma.sql`SELECT pg_terminate_backend(pg_backend_pid())`,
  );
  await expect(cut).rejects.toThrow(/terminat/);
  expect(await one()).toEqual([{ one: 1 }]);
});
