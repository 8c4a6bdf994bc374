import { Prisma, systemSql } from "@/lib/platform/db";

export type EventKey = { account: string; livemode: boolean; id: string };

export type ClaimedEvent = EventKey & {
  type: string;
  objectId: string | null;
  attempts: number;
  receivedAt: Date;
  claimedAt: Date;
  /** When Stripe made it. */
  createdAt: Date | null;
};

/** A worker that is silent for so long is taken for dead, and its event falls due again. */
const leaseSeconds = 60;

/** This event for us to work on; null when it is finished, not stored, or somebody is at its object. */
export async function claimEvent(key: EventKey): Promise<ClaimedEvent | null> {
  return claim(
    claimSql(Prisma.sql`
      account = ${key.account} AND livemode = ${key.livemode} AND id = ${key.id}
      AND (lease_until IS NULL OR next_try_at <= now())`),
  );
}

/** The event that has been due longest; null when nothing is. */
export async function claimDueEvent(): Promise<ClaimedEvent | null> {
  return claim(claimDueSql());
}

/** For those who look at its plan: it must cost the same however many events are done. */
export function claimDueSql(): Prisma.Sql {
  return claimSql(Prisma.sql`next_try_at <= now()`);
}

async function claim(statement: Prisma.Sql): Promise<ClaimedEvent | null> {
  const [event] = await systemSql<ClaimedEvent>("claim an event", statement);
  return event ?? null;
}

/**
 * Leases run on the database's clock, so that no instance's wrong clock breaks them (trust I26). Of all
 * events about one object only the first that is due can be claimed, by one worker; the others wait for
 * it, because what is fetched for it answers them too. OFFSET 0 has that looked up for one candidate at a time:
 * as a join, a backlog that the planner has no statistics of is gone through as a whole for every claim.
 */
function claimSql(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH chosen AS (
      SELECT ctid FROM stripe_event AS event
      WHERE finished_at IS NULL AND (lease_until IS NULL OR lease_until <= now()) AND ${which}
        AND NOT EXISTS (
          SELECT FROM stripe_event AS other
          WHERE other.object_id = event.object_id AND other.finished_at IS NULL
            AND (other.lease_until > now() OR other.next_try_at <= now()
              AND (other.next_try_at, other.id) < (event.next_try_at, event.id))
          OFFSET 0)
      ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE stripe_event AS event SET attempts = attempts + 1,
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    FROM chosen WHERE event.ctid = chosen.ctid
    RETURNING event.account, event.livemode, event.id, event.type, event.object_id AS "objectId",
      event.attempts, event.received_at AS "receivedAt", event.created_at AS "createdAt", now() AS "claimedAt"`;
}

/** Only while our lease holds: an event taken over by another worker is that worker's to mark. */
export function isOurs({
  account,
  livemode,
  id,
  attempts,
}: ClaimedEvent): Prisma.Sql {
  return Prisma.sql`account = ${account} AND livemode = ${livemode} AND id = ${id}
    AND lease_until IS NOT NULL AND attempts = ${attempts}`;
}
