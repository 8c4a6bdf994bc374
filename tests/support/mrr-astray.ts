import type { World } from "./world";

/** Where the newest movement differs from the sum over the workspace's subscriptions: must be nothing. */
export function mrrAstray(world: World): Promise<object[]> {
  return world.rows(`
    SELECT * FROM (
      SELECT tenant_id, livemode, currency, sum(monthly_amount) AS now FROM subscription GROUP BY 1, 2, 3) AS plans
    FULL JOIN (
      SELECT DISTINCT ON (tenant_id, livemode, currency) tenant_id, livemode, currency, after FROM mrr_movement
      ORDER BY tenant_id, livemode, currency, number DESC) AS ledger USING (tenant_id, livemode, currency)
    WHERE COALESCE(now, 0) <> COALESCE(after, 0)`);
}
