import { systemDb } from "@/lib/platform/db";
import { after, days } from "@/lib/platform/time";

export type WebhookHealth = {
  /** Stored and not yet finished, and how many seconds the one that has been due longest waits. */
  backlog: number;
  oldestDueSeconds: number;
  dead: number;
  deadEffects: number;
  lastReceivedAt: Date | null;
  /** When this was so. */
  asOf: Date;
  /** Raised within the last day. */
  alarms: { code: string; subject: string; count: number; raisedAt: Date }[];
};

/** What calls for a person on whatever page staff are. */
export type Trouble = {
  dead: number;
  deadEffects: number;
  /** Since when Stripe's events had to be read from its list, within the last day. */
  silentSince: Date | null;
};

export async function getTrouble(): Promise<Trouble> {
  return systemDb("trouble for staff", async (tx) => {
    const since = after(new Date(), -days(1));
    const silence = await tx.alarm.findFirst({
      where: { code: "endpoint_silent", raisedAt: { gt: since } },
    });
    return {
      dead: await tx.stripeEvent.count({ where: { state: "dead" } }),
      deadEffects: await tx.effect.count({ where: { state: "dead" } }),
      silentSince: silence?.raisedAt ?? null,
    };
  });
}

/** How the inbox is doing now, for the staff's page about it. */
export async function getWebhookHealth(): Promise<WebhookHealth> {
  return systemDb("webhook health", async (tx) => {
    const [inbox] = await tx.$queryRaw<
      { backlog: number; oldestDueSeconds: number }[]
    >`SELECT count(*)::int AS backlog,
        COALESCE(GREATEST(0, EXTRACT(epoch FROM now() - min(next_try_at))), 0)::int AS "oldestDueSeconds"
      FROM stripe_event WHERE finished_at IS NULL`;
    const newest = await tx.stripeEvent.findFirst({
      orderBy: { receivedAt: "desc" },
      select: { receivedAt: true },
    });
    return {
      backlog: inbox?.backlog ?? 0,
      oldestDueSeconds: inbox?.oldestDueSeconds ?? 0,
      dead: await tx.stripeEvent.count({ where: { state: "dead" } }),
      deadEffects: await tx.effect.count({ where: { state: "dead" } }),
      lastReceivedAt: newest?.receivedAt ?? null,
      asOf: new Date(),
      alarms: await tx.alarm.findMany({
        where: { raisedAt: { gt: new Date(Date.now() - 86_400_000) } },
        orderBy: { raisedAt: "desc" },
        take: 20,
      }),
    };
  });
}

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

/** The last `hours` hours, oldest first, each with what was received in it. */
export async function getWebhookHours(hours: number): Promise<Hour[]> {
  return systemDb(
    "webhooks over time",
    (tx) => tx.$queryRaw<Hour[]>`
      SELECT hour, count(event.id)::int AS received,
        count(event.id) FILTER (WHERE state IN ('done', 'ignored') AND history = '[]')::int AS clean,
        count(event.id) FILTER (WHERE state = 'dead')::int AS dead,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY taken)::float AS p50,
        percentile_disc(0.95) WITHIN GROUP (ORDER BY taken)::float AS p95
      FROM generate_series(date_trunc('hour', now()) - make_interval(hours => ${hours - 1}),
        date_trunc('hour', now()), interval '1 hour') AS hour
      LEFT JOIN LATERAL (
        SELECT id, state, history, EXTRACT(epoch FROM finished_at - received_at) * 1000 AS taken
        FROM stripe_event WHERE received_at >= hour AND received_at < hour + interval '1 hour'
      ) AS event ON true
      GROUP BY hour ORDER BY hour`,
  );
}
