import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Prisma, tenantDb } from "@/lib/platform/db";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const asTenant = ({ tenantId }: Person, sql: string) =>
  tenantDb({ tenantId }, (tx) => tx.$executeRaw(Prisma.raw(sql)));

describe("SQL that runs as a workspace's own request", () => {
  it.each([
    "UPDATE membership SET user_id = user_id",
    "UPDATE membership SET tenant_id = tenant_id",
    "UPDATE invitation SET email = 'eve@example.com'",
    "UPDATE invitation SET role = 'owner'",
    "DELETE FROM invitation",
    "UPDATE effect SET state = 'done'",
    "UPDATE tenant SET created_at = now()",
    `UPDATE "user" SET email_verified = true`,
    "DELETE FROM rate_limit",
  ])("may not: %s", async (sql) => {
    const ada = await world.person();
    await expect(asTenant(ada, sql)).rejects.toThrow(/permission denied/);
  });

  it.each(["purchase_paid", "access_began", "mail.receipt"])(
    "asks for no %s: only what Stripe says does",
    async (kind) => {
      const ada = await world.person();
      const ask = (wanted: string) =>
        asTenant(
          ada,
          `INSERT INTO effect (tenant_id, id, kind, cause, payload)
           VALUES ('${ada.tenantId}', gen_random_uuid()::text, '${wanted}', 'x', '{}')`,
        );
      await expect(ask(kind)).rejects.toThrow(/row-level security/);
      expect(await ask("mail.invitation")).toBe(1);
    },
  );
});
