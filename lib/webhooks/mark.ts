import { backoff } from "@/lib/platform/backoff";
import { Prisma, systemSql } from "@/lib/platform/db";
import { seconds } from "@/lib/platform/time";
import { isOurs, type ClaimedEvent } from "./claim";

/**
 * Done, and with it every other event about the object that had come before we began: what we fetched
 * after that answers them too. `types` are those that are answered in the same way.
 */
export async function markDone(
  event: ClaimedEvent,
  types: readonly string[],
): Promise<void> {
  await systemSql(
    "event done",
    Prisma.sql`
      UPDATE stripe_event SET state = 'done', finished_at = now(), lease_until = NULL,
        note = CASE WHEN id = ${event.id} THEN NULL ELSE 'with ' || ${event.id} END
      WHERE (${isOurs(event)})
        OR (object_id = ${event.objectId} AND finished_at IS NULL AND lease_until IS NULL
          AND account = ${event.account} AND livemode = ${event.livemode}
          AND received_at <= ${event.claimedAt} AND type = ANY(${types}))`,
  );
}

/** None of ours; `reason` says why. */
export async function markIgnored(
  event: ClaimedEvent,
  reason: string,
): Promise<void> {
  await systemSql(
    "event ignored",
    Prisma.sql`
      UPDATE stripe_event SET state = 'ignored', note = ${reason}, finished_at = now(), lease_until = NULL
      WHERE ${isOurs(event)}`,
  );
}

/** Tried in vain: due again after its backoff, or dead. Says which. */
export async function markFailed(
  event: ClaimedEvent,
  error: string,
): Promise<"failed" | "dead"> {
  const wait = backoff(event.attempts);
  const dead = wait === null;
  await systemSql(
    "event failed",
    Prisma.sql`
      UPDATE stripe_event SET state = ${dead ? "dead" : "pending"}::"EventState", note = ${error},
        lease_until = NULL, finished_at = CASE WHEN ${dead} THEN now() END,
        next_try_at = now() + make_interval(secs => ${(wait ?? 0) / seconds(1)}),
        history = history || jsonb_build_object('at', now(), 'attempt', attempts, 'error', ${error}::text)
      WHERE ${isOurs(event)}`,
  );
  return dead ? "dead" : "failed";
}

/** Not tried at all: due again in a second, and no attempt is counted. */
export async function putOff(event: ClaimedEvent): Promise<void> {
  await systemSql(
    "event put off",
    Prisma.sql`
      UPDATE stripe_event SET state = 'pending', attempts = attempts - 1, lease_until = NULL,
        next_try_at = now() + interval '1 second'
      WHERE ${isOurs(event)}`,
  );
}
