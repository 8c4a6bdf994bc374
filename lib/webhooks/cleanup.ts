import { systemDb } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";

const batch = 1000;

/**
 * Deletes finished events that are older than EVENT_RETENTION_DAYS, in small batches and not beyond
 * `deadline`. Dead ones stay until a person has dealt with them. Says how many went.
 */
export async function cleanUpEvents(deadline: Date): Promise<number> {
  const days = env().EVENT_RETENTION_DAYS;
  let deleted = 0;
  while (new Date() < deadline) {
    const gone = await systemDb(
      "old events",
      (tx) => tx.$executeRaw`
        DELETE FROM stripe_event WHERE (account, livemode, id) IN (
          SELECT account, livemode, id FROM stripe_event
          WHERE received_at < now() - make_interval(days => ${days}) AND state IN ('done', 'ignored')
          ORDER BY received_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    );
    deleted += gone;
    if (gone < batch) break;
  }
  return deleted;
}
