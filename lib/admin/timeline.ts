import { Prisma, systemDb } from "@/lib/platform/db";
import { before, pageOf, placeOf } from "@/lib/platform/newest-first";

/** Where a page of it begins, as anybody may have written it into an address. */
export const timelineCursor = before;

const pageSize = 40;

export type TimelineRow = {
  id: string;
  createdAt: Date;
  /**
   * An event that Stripe sent; what it, or a job, changed of our rows; the same of money; a mail or another thing to do
   * once; what a person did.
   */
  kind: "event" | "sync" | "payment" | "mail" | "effect" | "act";
  /** The event's type, the action of the audit log, or the kind of the effect. */
  what: string;
  /** What it is about; null where there is nothing to name. */
  objectId: string | null;
  /** Because of what: an event, a request, a job. */
  cause: string;
  /** Who: a person's id for what a person did. */
  by: string | null;
  /** How it ended, for what can fail. */
  state: string | null;
};

/**
 * What happened in and about a workspace, newest first: Stripe's events of its objects, what was stored, mails, and
 * people's acts. A page is found by its neighbour, so that the last one costs what the first does.
 */
export async function getTimeline(
  tenantId: string,
  cursor: string | undefined,
): Promise<{ rows: TimelineRow[]; older: string | null }> {
  const place = placeOf(cursor);
  const beyond = (at: Prisma.Sql, id: Prisma.Sql) =>
    place
      ? Prisma.sql`AND (${at}, ${id}) < (${place.createdAt}, ${place.id})`
      : Prisma.empty;
  const take = pageSize + 1;
  const rows = await systemDb(
    "time line of a workspace",
    (tx) => tx.$queryRaw<TimelineRow[]>`
      (SELECT id, at AS "createdAt", CASE WHEN actor_kind IN ('user', 'staff') THEN 'act'
          WHEN action LIKE 'payment.%' OR action LIKE 'refund.%' OR action LIKE 'dispute.%' THEN 'payment'
          ELSE 'sync' END AS kind,
        action AS what, object_id AS "objectId", cause,
        CASE WHEN actor_kind IN ('user', 'staff') THEN actor_id END AS by, NULL AS state
      FROM audit_entry WHERE tenant_id = ${tenantId} ${beyond(Prisma.sql`at`, Prisma.sql`id`)}
      ORDER BY at DESC, id DESC LIMIT ${take})
      UNION ALL
      (SELECT id, created_at, CASE WHEN kind LIKE 'mail.%' THEN 'mail' ELSE 'effect' END,
        kind, NULL, cause, NULL, state::text
      FROM effect WHERE tenant_id = ${tenantId} ${beyond(Prisma.sql`created_at`, Prisma.sql`id`)}
      ORDER BY created_at DESC, id DESC LIMIT ${take})
      UNION ALL
      (SELECT event.id, event.received_at, 'event', event.type, event.object_id, 'Stripe', NULL, event.state::text
      FROM stripe_object_owner AS owner JOIN stripe_event AS event ON event.object_id = owner.stripe_id
      WHERE owner.tenant_id = ${tenantId} ${beyond(Prisma.sql`received_at`, Prisma.sql`event.id`)}
      ORDER BY event.received_at DESC, event.id DESC LIMIT ${take})
      ORDER BY "createdAt" DESC, id DESC LIMIT ${take}`,
  );
  const { page, older } = pageOf(rows, pageSize);
  return { rows: page, older };
}
