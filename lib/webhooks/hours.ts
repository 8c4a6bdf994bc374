import { Prisma, systemDb, type Transaction } from "@/lib/platform/db";

export type Hour = {
  hour: Date;
  received: number;
  /** Finished without a failed attempt. */
  clean: number;
  dead: number;
  /** From receipt to the end of the work, in milliseconds; null where none was finished. */
  p50: number | null;
  p95: number | null;
};

/** Of the events received within `hour`, where `wanted`: tested once, before any of them is read. */
const sums = (hour: Prisma.Sql, wanted: Prisma.Sql) => Prisma.sql`
  SELECT count(*)::int AS received,
    count(*) FILTER (WHERE state IN ('done', 'ignored') AND history = '[]')::int AS clean,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY EXTRACT(epoch FROM finished_at - received_at) * 1000)::float AS p50,
    percentile_disc(0.95) WITHIN GROUP (ORDER BY EXTRACT(epoch FROM finished_at - received_at) * 1000)::float AS p95
  FROM stripe_event WHERE ${wanted} AND received_at >= ${hour} AND received_at < ${hour} + interval '1 hour'`;

/** The last `hours` hours, oldest first, each with what was received in it. */
export async function getWebhookHours(hours: number): Promise<Hour[]> {
  return systemDb("webhooks over time", async (tx) => {
    await addUp(tx, hours);
    return tx.$queryRaw<Hour[]>`
      SELECT last.hour, COALESCE(kept.received, live.received) AS received,
        COALESCE(kept.clean, live.clean) AS clean, dead.count AS dead,
        COALESCE(kept.p50, live.p50) AS p50, COALESCE(kept.p95, live.p95) AS p95
      FROM generate_series(date_trunc('hour', now()) - make_interval(hours => ${hours - 1}),
        date_trunc('hour', now()), interval '1 hour') AS last (hour)
      LEFT JOIN webhook_hour AS kept ON kept.hour = last.hour
      LEFT JOIN LATERAL (${sums(Prisma.sql`last.hour`, Prisma.sql`kept.hour IS NULL`)}) AS live ON true
      CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM stripe_event
        WHERE state = 'dead' AND received_at >= last.hour AND received_at < last.hour + interval '1 hour') AS dead
      ORDER BY last.hour`;
  });
}

/**
 * An hour is gone through once: when it has ended, no insert of it can be under way, and nothing received in it waits.
 * What becomes of its dead later is counted each time.
 */
async function addUp(tx: Transaction, hours: number): Promise<void> {
  await tx.$executeRaw`
    WITH ended AS MATERIALIZED (
      SELECT hour FROM generate_series(date_trunc('hour', now()) - make_interval(hours => ${hours - 1}),
        date_trunc('hour', now() - interval '1 minute') - interval '1 hour', interval '1 hour') AS hour
      WHERE NOT EXISTS (SELECT FROM webhook_hour AS kept WHERE kept.hour = hour.hour)
        AND NOT EXISTS (SELECT FROM stripe_event WHERE finished_at IS NULL
          AND received_at >= hour AND received_at < hour + interval '1 hour'))
    INSERT INTO webhook_hour (hour, received, clean, p50, p95)
    SELECT hour, received, clean, p50, p95 FROM ended, LATERAL (${sums(Prisma.sql`ended.hour`, Prisma.sql`true`)}) AS sum
    ON CONFLICT DO NOTHING`;
}
