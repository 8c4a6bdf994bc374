import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mrrAstray } from "@/tests/support/mrr-astray";
import { day, planActs } from "@/tests/support/plan-acts";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const plan = planActs(() => world);

type Movement = { kind: string; before: string; after: string; at: Date };

const movesOf = ({ tenantId }: Person) =>
  world.rows<Movement>(
    "SELECT kind, before, after, at FROM mrr_movement WHERE tenant_id = $1 ORDER BY number",
    [tenantId],
  );

const told = async (person: Person) =>
  (await movesOf(person)).map(({ kind, before, after }) => [
    kind,
    Number(before),
    Number(after),
  ]);

/** What staff do with somebody's plan in Stripe's Dashboard. */
async function inDashboard(
  person: Person,
  change: Parameters<World["stripe"]["subscriptions"]["update"]>[1],
) {
  await world.stripe.subscriptions.update(await plan.idOf(person), change);
  await world.delivered();
}

describe("what a plan counts for", () => {
  it("is less by a discount that lasts, and not by one of a single invoice", async () => {
    const ada = await plan.subscriber("pro_monthly");
    const lasting = await world.stripe.coupons.create({
      percent_off: 25,
      duration: "forever",
    });
    const once = await world.stripe.coupons.create({
      percent_off: 50,
      duration: "once",
    });
    await inDashboard(ada, { discounts: [{ coupon: once.id }] });
    expect(await told(ada)).toEqual([["new", 0, 2900]]);
    await inDashboard(ada, { discounts: [{ coupon: lasting.id }] });
    expect(await told(ada)).toEqual([
      ["new", 0, 2900],
      ["contraction", 2900, 2175],
    ]);
  });

  it("is nothing on trial, and nothing while its invoices are not collected", async () => {
    const bob = await world.person("Bob");
    await world.buy(bob, "business_monthly");
    expect(await told(bob)).toEqual([]);
    await plan.pass(15 * day);
    await inDashboard(bob, { pause_collection: { behavior: "void" } });
    await inDashboard(bob, { pause_collection: "" });
    expect(await told(bob)).toEqual([
      ["new", 0, 9900],
      ["churn", 9900, 0],
      ["reactivation", 0, 9900],
    ]);
  });

  it("is told once, however often it is fetched", async () => {
    const cyn = await plan.subscriber("pro_yearly");
    await inDashboard(cyn, { metadata: { note: "one" } });
    await inDashboard(cyn, { metadata: { note: "two" } });
    expect(await told(cyn)).toEqual([["new", 0, 2417]]);
  });
});

describe("when a plan changed", () => {
  it("is the moment at which Stripe ended it", async () => {
    const dan = await plan.subscriber("pro_monthly");
    const id = await plan.idOf(dan);
    await plan.pass(3 * day);
    await plan.act(dan, "cancel", { when: "now" }); // no event tells of it first
    const { ended_at } = await world.stripe.subscriptions.retrieve(id);
    const last = (await movesOf(dan)).at(-1);
    expect(last).toMatchObject({ kind: "churn" });
    expect(last?.at.getTime()).toBe((ended_at ?? 0) * 1000);
  });

  it("is never before the change that it follows", async () => {
    const eve = await plan.subscriber("pro_monthly");
    await world.rows(
      "UPDATE subscription SET monthly_amount = 0, as_of = '2001-01-01' WHERE tenant_id = $1",
      [eve.tenantId],
    );
    const [began, ended] = await movesOf(eve);
    expect(ended?.kind).toBe("churn");
    expect(ended?.at).toEqual(began?.at);
  });
});

describe("the ledger of monthly revenue", () => {
  it("holds when many plans of one workspace change at once", async () => {
    const gil = await plan.subscriber();
    const id = await plan.idOf(gil);
    await world.rows(
      `INSERT INTO subscription (tenant_id, id, customer_id, livemode, status, currency, collection_method,
         cancel_at_period_end, started_at, created_at)
       SELECT tenant_id, id || '_' || n, customer_id, livemode, status, currency, collection_method, false, now(), now()
       FROM subscription, generate_series(1, 8) AS n WHERE id = $1`,
      [id],
    );
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        world.rows(
          "UPDATE subscription SET monthly_amount = 100 WHERE id = $1",
          [`${id}_${n + 1}`],
        ),
      ),
    );
    const chain = await world.rows<{ number: number; kind: string }>(
      "SELECT number, kind, before, after FROM mrr_movement WHERE tenant_id = $1 ORDER BY number",
      [gil.tenantId],
    );
    expect(chain.at(-1)).toMatchObject({ before: "3600", after: "3700" });
    expect(chain.map(({ number }) => number)).toEqual(
      chain.map((_, index) => index + 1),
    );
    expect(await mrrAstray(world)).toEqual([]);
  });

  it("cannot be rewritten by the app", async () => {
    const [right] = await world.rows<{ writes: boolean }>(
      `SELECT bool_or(has_table_privilege(app_role(role), 'mrr_movement', what)) AS writes
       FROM unnest(ARRAY['tenant', 'system']) AS role, unnest(ARRAY['UPDATE', 'DELETE']) AS what`,
    );
    expect(right?.writes).toBe(false);
  });
});
