import { backoff, maxAttempts } from "@/lib/platform/backoff";
import { Prisma, systemDb } from "@/lib/platform/db";
import { describeError, log } from "@/lib/platform/log";
import { seconds } from "@/lib/platform/time";
import type { SyncResult } from "@/lib/sync/result";
import { handlerFor } from "./handlers";

export type EventKey = { account: string; livemode: boolean; id: string };

type ClaimedEvent = EventKey & {
  type: string;
  objectId: string | null;
  attempts: number;
};

/** While a row is processing, next_try_at is the end of its lease: a dead worker's row falls due again. */
const leaseSeconds = 60;

export type Outcome = "done" | "ignored" | "failed" | "dead" | "busy";

/** Works on one stored event, unless it is finished or somebody else is working on it ("busy"). */
export async function processEvent(key: EventKey): Promise<Outcome> {
  const [claimed] = await claim(Prisma.sql`
    SELECT account, livemode, id FROM stripe_event
    WHERE account = ${key.account} AND livemode = ${key.livemode} AND id = ${key.id}
      AND finished_at IS NULL AND (state = 'pending' OR next_try_at <= now())
    FOR UPDATE SKIP LOCKED`);
  return claimed ? work(claimed) : "busy";
}

/**
 * Works on up to `limit` events that are due, oldest first, each claimed only when its turn has come.
 * Says how many there were.
 */
export async function processDueEvents(limit: number): Promise<number> {
  for (let done = 0; done < limit; done += 1) {
    const [event] = await claim(Prisma.sql`
      SELECT account, livemode, id FROM stripe_event
      WHERE finished_at IS NULL AND next_try_at <= now()
      ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED`);
    if (!event) return done;
    await work(event);
  }
  return limit;
}

/** Leases run on the database's clock, so that no instance's wrong clock breaks them (trust I26). */
async function claim(chosen: Prisma.Sql): Promise<ClaimedEvent[]> {
  return systemDb(
    "claim events",
    (tx) => tx.$queryRaw<ClaimedEvent[]>`
    WITH chosen AS (${chosen})
    UPDATE stripe_event AS event
    SET state = 'processing', attempts = attempts + 1,
      next_try_at = now() + make_interval(secs => ${leaseSeconds})
    FROM chosen
    WHERE event.account = chosen.account AND event.livemode = chosen.livemode AND event.id = chosen.id
    RETURNING event.account, event.livemode, event.id, event.type, event.object_id AS "objectId",
      event.attempts`,
  );
}

async function work(event: ClaimedEvent): Promise<Outcome> {
  try {
    // Nobody lived to report the failure of the last attempt that it had.
    if (event.attempts > maxAttempts) throw new Error("gave no answer");
    const result = await handle(event);
    const ignored = "ignored" in result;
    await finish(
      event,
      ignored ? "ignored" : "done",
      ignored ? result.ignored : null,
    );
    return ignored ? "ignored" : "done";
  } catch (error) {
    return fail(event, error);
  }
}

/** The event is a doorbell: only its object's id is used, the truth is fetched (hazards 1 and 32). */
async function handle(
  event: ClaimedEvent,
): Promise<SyncResult | { ignored: string }> {
  const sync = handlerFor(event.type);
  if (!sync) return { ignored: "unhandled_type" };
  if (!event.objectId) return { ignored: "no_object_id" };
  return sync(event.objectId, {
    actor: { kind: "stripe", id: event.id },
    cause: event.id,
  });
}

async function fail(
  event: ClaimedEvent,
  error: unknown,
): Promise<"failed" | "dead"> {
  const wait = backoff(event.attempts);
  const { name, code } = describeError(error);
  const note = code ? `${name}: ${code}` : name;
  const line = {
    eventId: event.id,
    type: event.type,
    attempts: event.attempts,
  };
  log().error(
    { ...line, error: describeError(error) },
    wait ? "event failed" : "event is dead",
  );
  if (wait === null) {
    await finish(event, "dead", note);
    return "dead";
  }
  await systemDb(
    "event failed",
    (tx) => tx.$executeRaw`
    UPDATE stripe_event SET state = 'pending', note = ${note},
      next_try_at = now() + make_interval(secs => ${wait / seconds(1)})
    WHERE ${isOurs(event)}`,
  );
  return "failed";
}

async function finish(
  event: ClaimedEvent,
  state: "done" | "ignored" | "dead",
  note: string | null,
): Promise<void> {
  await systemDb(
    "event finished",
    (tx) => tx.$executeRaw`
    UPDATE stripe_event SET state = ${state}::"EventState", note = ${note}, finished_at = now()
    WHERE ${isOurs(event)}`,
  );
}

/** Only while our lease holds: a row taken over by another worker is that worker's to mark. */
function isOurs({ account, livemode, id, attempts }: ClaimedEvent): Prisma.Sql {
  return Prisma.sql`account = ${account} AND livemode = ${livemode} AND id = ${id}
    AND state = 'processing' AND attempts = ${attempts}`;
}
