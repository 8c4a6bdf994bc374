import type { Transaction } from "@/lib/platform/db";

/**
 * How many events and effects were given up. The word stands in the statement itself: given as a parameter it would
 * keep Postgres from the indexes that hold the dead alone.
 */
export async function countDead(
  tx: Transaction,
): Promise<{ events: number; effects: number }> {
  const [row] = await tx.$queryRaw<{ events: number; effects: number }[]>`
    SELECT (SELECT count(*) FROM stripe_event WHERE state = 'dead')::int AS events,
      (SELECT count(*) FROM effect WHERE state = 'dead')::int AS effects`;
  return row ?? { events: 0, effects: 0 };
}

/** The ids of those received last. */
export async function listDead(
  tx: Transaction,
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM stripe_event WHERE state = 'dead'
    ORDER BY received_at DESC, id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
