import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "@/lib/platform/context";
import { Prisma, systemSql } from "@/lib/platform/db";
import { env, livemode } from "@/lib/platform/env";
import { seconds } from "@/lib/platform/time";

/** The part of a second's reads that is kept for others: people go first, then events, sweeps last. */
const keptForOthers: Record<Actor["kind"], number> = {
  user: -Infinity,
  staff: -Infinity,
  api_key: 0,
  stripe: 0.25,
  job: 0.5,
};

/** How long an event or a sweep waits for its turn before it is put off. */
const patience = seconds(3);

/** Stripe has been read as often as we allow ourselves. Nothing has failed: it is to be tried again soon. */
export class ReadBudgetSpent extends Error {
  override name = "ReadBudgetSpent";
}

/**
 * A ticket (see takeTicket) for reading Stripe, drawn from the budget that all instances share. People
 * never wait. Throws ReadBudgetSpent for events and sweeps that waited in vain.
 */
export async function takeReadTicket({ kind }: Actor): Promise<bigint> {
  const end = Date.now() + patience;
  do {
    const ticket = await draw(keptForOthers[kind]);
    if (ticket !== null) return ticket;
    await pause(100 + Math.random() * 100);
  } while (Date.now() < end);
  throw new ReadBudgetSpent();
}

/** One bucket that fills by its rate up to one second's worth; on the database's clock. */
async function draw(kept: number): Promise<bigint | null> {
  const rate = env().STRIPE_READS_PER_SECOND ?? (livemode() ? 60 : 20);
  const floor = Math.max(kept * rate, -1e9);
  const [drawn] = await systemSql<{ ticket: string }>(
    "read budget",
    Prisma.sql`
      WITH bucket AS (
        SELECT LEAST(${rate}::float, tokens + ${rate}::float *
          GREATEST(0, EXTRACT(epoch FROM clock_timestamp() - at))) AS tokens
        FROM stripe_read_budget WHERE id = 1 FOR UPDATE),
      drawn AS (
        UPDATE stripe_read_budget SET tokens = GREATEST(bucket.tokens - 1, 0), at = clock_timestamp()
        FROM bucket WHERE id = 1 AND bucket.tokens - 1 >= ${floor}::float
        RETURNING 1)
      SELECT nextval('sync_ticket') AS ticket FROM drawn`,
  );
  return drawn ? BigInt(drawn.ticket) : null;
}
