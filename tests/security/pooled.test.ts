import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getVisitor } from "@/lib/auth/membership";
import { getBillingOverview } from "@/lib/billing/overview";
import { systemSql, tenantDb, Prisma } from "@/lib/platform/db";
import { hardenedLogin } from "@/tests/support/hardened-login";
import { hasPgbouncer, startPgbouncer } from "@/tests/support/pgbouncer";
import { startWorld, type World } from "@/tests/support/world";

type Way = { url: string; close(): unknown };

const login = () =>
  hardenedLogin(
    process.env.TEST_ADMIN_DATABASE_URL ?? "",
    process.env.DATABASE_URL ?? "",
  );

describe.skipIf(!hasPgbouncer)(
  "the app behind PgBouncer, with a login that owns nothing",
  () => {
    let pool: Way;
    let world: World;
    beforeAll(async () => {
      pool = await startPgbouncer(await login());
      process.env.DATABASE_URL = pool.url;
      world = await startWorld();
    });
    afterAll(async () => {
      await world?.close();
      await pool?.close();
    });

    it("signs up, sells a plan, hears of it, and shows it", async () => {
      const ada = await world.signUp();
      await world.buy(ada, "pro_monthly");
      expect((await world.cron()).status).toBe(200);
      const { subscriptions, invoices } = await getBillingOverview(ada);
      expect([subscriptions.length, invoices.length]).toEqual([1, 1]);
      const visitor = await getVisitor(new Headers({ cookie: ada.cookie }));
      expect(visitor?.userId).toBe(ada.userId);
    });

    it("keeps tenants apart who share its two connections at once", async () => {
      const people = [await world.person(), await world.person()];
      const owners = await Promise.all(
        Array.from({ length: 60 }, (_, index) => {
          const tenantId = people[index % 2]?.tenantId ?? "";
          return tenantDb({ tenantId }, async (tx) => {
            const found = await tx.tenant.findMany({ select: { id: true } });
            return found.map(({ id }) => id).join() === tenantId;
          });
        }),
      );
      expect(owners).toEqual(owners.map(() => true));
    });

    it("gives up on a statement that takes too long, and on nothing else", async () => {
      const slow = tenantDb({ tenantId: "x" }, async (tx) => {
        await tx.$queryRaw`SELECT set_config('statement_timeout', '100ms', true)`;
        await tx.$queryRaw`SELECT pg_sleep(6)`;
      });
      await expect(slow).rejects.toThrow(/statement timeout/);
      // Each transaction has the bound of its own again, whoever had the connection before.
      const sql = Prisma.sql`SELECT current_setting('statement_timeout') AS bound`;
      for (const _ of [1, 2, 3]) {
        const asTenant = tenantDb({ tenantId: "x" }, (tx) => tx.$queryRaw(sql));
        expect(await asTenant).toEqual([{ bound: "5s" }]);
        expect(await systemSql("test", sql)).toEqual([{ bound: "5s" }]);
      }
    });
  },
);
