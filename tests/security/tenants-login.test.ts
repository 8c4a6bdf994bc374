import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getBillingOverview } from "@/lib/billing/overview";
import { assertIsolation, Prisma, tenantDb } from "@/lib/platform/db";
import { hardenedLogin, tenantsLogin } from "@/tests/support/hardened-login";
import { startWorld, type Person, type World } from "@/tests/support/world";

const ownerUrl = process.env.DATABASE_URL ?? "";
const adminUrl = process.env.TEST_ADMIN_DATABASE_URL ?? "";

let world: World;
let ada: Person;
beforeAll(async () => {
  process.env.DATABASE_URL = await hardenedLogin(adminUrl, ownerUrl);
  process.env.TENANT_DATABASE_URL = await tenantsLogin(adminUrl, ownerUrl);
  world = await startWorld();
  ada = await world.signUp();
  await world.buy(ada, "pro_monthly");
});
afterAll(() => world?.close());

/** SQL that somebody has got into a workspace's request. */
const injected = (sql: string) =>
  tenantDb(ada, (tx) => tx.$queryRaw(Prisma.raw(sql)));

describe("with a login of the tenants' own", () => {
  it("a plan is sold and shown, and the app finds itself safe", async () => {
    expect((await getBillingOverview(ada)).subscriptions).toHaveLength(1);
    expect(await injected("SELECT session_user::text AS login")).toEqual([
      { login: new URL(process.env.TENANT_DATABASE_URL ?? "").username },
    ]);
    await assertIsolation();
  });

  it.each(["system", "auth"])(
    "SQL in a workspace's request cannot become the role %s",
    async (kind) => {
      const [row] = await world.rows<{ role: string }>(
        "SELECT app_role($1) AS role",
        [kind],
      );
      for (const sql of [
        `SET ROLE "${row?.role}"`,
        `SET LOCAL ROLE "${row?.role}"`,
        `SELECT set_config('role', '${row?.role}', false)`,
        `SET SESSION AUTHORIZATION "${row?.role}"`,
      ])
        await expect(injected(sql), sql).rejects.toThrow(/42501/);
    },
  );

  it.each(["session", "account", "stripe_event", "invoice"])(
    "nor read %s once it is nobody",
    async (table) => {
      const asNobody = tenantDb(ada, async (tx) => {
        await tx.$executeRaw`SET LOCAL ROLE NONE`;
        return tx.$queryRaw(Prisma.raw(`SELECT * FROM ${table}`));
      });
      await expect(asNobody).rejects.toThrow(/42501/);
    },
  );

  it("the app does not start with one that can become another", async () => {
    vi.resetModules();
    process.env.TENANT_DATABASE_URL = process.env.DATABASE_URL;
    const db = await import("@/lib/platform/db");
    await expect(db.assertIsolation()).rejects.toThrow(
      /TENANT_DATABASE_URL can also become \w+_system, \w+_auth/,
    );
  });
});
