import type { Transaction } from "@/lib/platform/db";

export type Backlog = {
  /** Stored and not yet finished. */
  events: number;
  /** How many seconds the one that has been due longest waits; 0 when none is due. */
  oldestDueSeconds: number;
};

/** What waits in the inbox now. */
export async function readBacklog(tx: Transaction): Promise<Backlog> {
  const [inbox] = await tx.$queryRaw<Backlog[]>`
    SELECT count(*)::int AS events,
      COALESCE(GREATEST(0, EXTRACT(epoch FROM now() - min(next_try_at))), 0)::int AS "oldestDueSeconds"
    FROM stripe_event WHERE finished_at IS NULL`;
  return inbox ?? { events: 0, oldestDueSeconds: 0 };
}
