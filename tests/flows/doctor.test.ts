import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "@/lib/doctor/checks";
import { examine } from "@/lib/doctor/examine";
import { broken, command } from "@/tests/support/doctor-acts";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

describe("where nothing is wrong", () => {
  it("everything is green, in the order in which it is to be mended", async () => {
    const examined = await examine(checks);
    expect(examined.filter(({ state }) => state !== "good")).toEqual([]);
    expect(examined.map(({ name }) => name)).toEqual([
      "Settings",
      "Database",
      "Migrations",
      "Database roles",
      "Row-level security",
      "Stripe keys",
      "Key mode",
      "Key works",
      "Clock",
      "Prices",
      "Customer portal",
      "Addresses",
      "Webhook endpoint",
      "Webhook version",
      "Webhook events",
      "Webhook address",
      "Webhooks arrive",
      "Customer data",
      "Money",
      "Mail",
      "Crons",
      "Backlog",
      "Dead events",
      "Staff",
    ]);
  });

  it("the command says so, ends with 0, and Stripe reaches us", async () => {
    const { code, stdout } = await command({}, "--live");
    expect(stdout).toContain("All is well.");
    expect(stdout).toMatch(/Stripe reached us in \d\.\d s\./);
    expect(code).toBe(0);
    const { data } = await world.stripe.customers.list();
    expect(data).toEqual([]);
  });
});

describe("of the database it names first that", () => {
  it("it is down, and looks at nothing that needs it", async () => {
    const { code, first, stdout } = await command({
      DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
    });
    expect([code, first]).toEqual([1, "Database"]);
    expect(stdout).toMatch(/^· Migrations .*put “Database” right first/m);
    expect(stdout).toMatch(
      /1\. Keys.*2\. Price ids.*3\. URLs.*4\. Cust.*5\. T/s,
    );
  });

  it("a migration is missing", async () => {
    const [newest] = await world.rows<{ id: string; name: string }>(
      "SELECT id, migration_name AS name FROM _prisma_migrations ORDER BY 2 DESC LIMIT 1",
    );
    const hide = (hidden: boolean) =>
      world.rows(
        `UPDATE _prisma_migrations SET rolled_back_at = ${hidden ? "now()" : "NULL"} WHERE id = $1`,
        [newest?.id],
      );
    const named = await broken(
      () => hide(true),
      () => hide(false),
    );
    expect(named).toMatchObject({
      name: "Migrations",
      found: `Not applied yet: ${newest?.name}.`,
      fix: ["npm run db:migrate"],
    });
  });

  it("row-level security is off", async () => {
    const named = await broken(
      () => world.rows("ALTER TABLE customer DISABLE ROW LEVEL SECURITY"),
      () => world.rows("ALTER TABLE customer ENABLE ROW LEVEL SECURITY"),
    );
    expect(named?.name).toBe("Row-level security");
    expect(named?.found).toContain("Off for customer");
  });

  it("the owner is exempt from it", async () => {
    const named = await broken(
      () => world.rows("ALTER TABLE customer NO FORCE ROW LEVEL SECURITY"),
      () => world.rows("ALTER TABLE customer FORCE ROW LEVEL SECURITY"),
    );
    expect(named?.name).toBe("Row-level security");
  });

  it("a policy does not ask which workspace it is", async () => {
    const named = await broken(
      () => world.rows("ALTER POLICY tenant ON customer USING (true)"),
      () =>
        world.rows(
          "ALTER POLICY tenant ON customer USING (tenant_id = app_tenant())",
        ),
    );
    expect(named?.name).toBe("Row-level security");
    expect(named?.found).toContain("customer");
  });

  it("a role bypasses it", async () => {
    // Roles are the whole server's: this database alone gets one that bypasses.
    const role = `doctor_${process.pid}_tenant`;
    const [before] = await world.rows<{ source: string }>(
      "SELECT pg_get_functiondef('app_role'::regproc) AS source",
    );
    const named = await broken(
      async () => {
        await world.rows(`CREATE ROLE ${role} NOLOGIN BYPASSRLS`);
        await world.rows(`CREATE OR REPLACE FUNCTION app_role(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
          AS $$ SELECT CASE kind WHEN 'tenant' THEN '${role}' ELSE 'turnpike_' || kind END $$`);
      },
      async () => {
        await world.rows(before?.source ?? "");
        await world.rows(`DROP ROLE ${role}`);
      },
    );
    expect(named?.name).toBe("Database roles");
    expect(named?.fix).toEqual([
      `ALTER ROLE "${role}" NOSUPERUSER NOBYPASSRLS;`,
    ]);
  });
});
