import { afterAll, beforeAll, expect, it } from "vitest";
import { drain } from "@/lib/webhooks/drain";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { sweep } from "@/lib/webhooks/sweep";
import { after, minutes } from "@/lib/platform/time";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
let tables: string[];
beforeAll(async () => {
  world = await startWorld();
  const found = await world.rows<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  tables = found.map(({ name }) => name);
});
afterAll(() => world.close());

const all = (statement: (table: string) => string) =>
  world.rows(
    `BEGIN; SET LOCAL session_replication_role = replica; ${tables.map(statement).join("; ")}; COMMIT`,
  );

/** Every row as it is now, beside the tables. */
async function backUp() {
  await world.rows("CREATE SCHEMA backup");
  await all((table) => `CREATE TABLE backup.${table} AS TABLE public.${table}`);
}

/** Everything as it was then; what came later is gone. */
const restore = () =>
  all(
    (table) =>
      `DELETE FROM public.${table}; INSERT INTO public.${table} TABLE backup.${table}`,
  );

/** What a customer has, without when we wrote it down. */
async function bought() {
  const [subscriptions, invoices, orders] = await Promise.all([
    world.rows(
      "SELECT id, tenant_id, status, current_period_end FROM subscription JOIN (SELECT subscription_id, max(current_period_end) AS current_period_end FROM subscription_item GROUP BY 1) AS item ON subscription_id = id ORDER BY id",
    ),
    world.rows(
      "SELECT id, tenant_id, status, total, amount_paid FROM invoice ORDER BY id",
    ),
    world.rows(
      `SELECT checkout_session_id, tenant_id, status, amount_total FROM "order" ORDER BY 1`,
    ),
  ]);
  return { subscriptions, invoices, orders };
}

it("a copy that is behind has everything again that Stripe knows, once it is replayed", async () => {
  const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
  await world.buy(ada, "pro_monthly");
  await world.buy(bob, "onboarding_session");
  await backUp();
  const { subscriptions: then } = await bought();

  await world.buy(ada, "onboarding_session");
  await world.buy(bob, "business_monthly");
  const [own] = then as { id: string }[];
  await world.stripe.subscriptions.update(own?.id ?? "", {
    cancel_at_period_end: true,
  });
  await world.delivered();
  const whole = await bought();
  expect(whole.subscriptions).toHaveLength(2);

  await restore();
  expect((await bought()).subscriptions).toEqual(then);

  const since = after(new Date(), -minutes(30));
  const first = await reconcileEvents({ since });
  await drain(Infinity);
  await sweep({});
  expect(first?.missing).toBeGreaterThan(5);
  expect(await bought()).toEqual(whole);

  expect((await reconcileEvents({ since }))?.missing).toBe(0);
  const [{ dead } = { dead: 0 }] = await world.rows<{ dead: number }>(
    "SELECT count(*)::int AS dead FROM stripe_event WHERE state = 'dead'",
  );
  expect(dead).toBe(0);
});

it("who first bought after the backup is named to staff: Stripe alone does not say whose a customer is", async () => {
  const carol = await world.person("Carol");
  await world.buy(carol, "pro_monthly");
  await world.rows("DELETE FROM alarm");
  await restore();

  await reconcileEvents({ since: after(new Date(), -minutes(30)) });
  await drain(Infinity);
  // A sweep leaves alone what was answered within the last minute.
  await world.rows(
    "UPDATE stripe_event SET finished_at = finished_at - interval '2 minutes'",
  );
  await sweep({});
  const alarms = await world.rows<{ code: string }>("SELECT code FROM alarm");
  expect(alarms.map(({ code }) => code)).toContain("orphan");
  const rows = await world.rows(
    "SELECT id FROM subscription WHERE tenant_id = $1",
    [carol.tenantId],
  );
  expect(rows).toEqual([]);
});
