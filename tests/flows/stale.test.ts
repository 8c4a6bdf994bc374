import { afterAll, beforeAll, expect, it } from "vitest";
import { refreshStale } from "@/lib/sync/stale";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const fetches = () => world.received("GET /v1/subscriptions/:id");

it("a subscription whose period is over is fetched once, however many pages ask", async () => {
  const ada = await world.person();
  await world.buy(ada, "pro_monthly");
  await refreshStale(ada);
  const before = await fetches();
  await world.rows(
    "UPDATE subscription_item SET current_period_end = now() - interval '1 hour' WHERE tenant_id = $1",
    [ada.tenantId],
  );
  await Promise.all([refreshStale(ada), refreshStale(ada), refreshStale(ada)]);
  expect((await fetches()) - before).toBe(1);
  const [item] = await world.rows<{ current_period_end: Date }>(
    "SELECT current_period_end FROM subscription_item WHERE tenant_id = $1",
    [ada.tenantId],
  );
  expect(item?.current_period_end.getTime()).toBeGreaterThan(Date.now());
});

it("with Stripe down nothing is thrown, and the row stays as it was", async () => {
  const ada = await world.person();
  await world.buy(ada, "pro_monthly");
  await world.rows(
    "UPDATE subscription_item SET current_period_end = now() - interval '1 hour' WHERE tenant_id = $1",
    [ada.tenantId],
  );
  await world.control("faults", {
    method: "GET",
    path: "/v1/subscriptions",
    status: 500,
    count: 3,
  });
  await refreshStale(ada);
  const rows = await world.rows(
    "SELECT FROM subscription WHERE tenant_id = $1 AND status = 'active'",
    [ada.tenantId],
  );
  expect(rows).toHaveLength(1);
});
