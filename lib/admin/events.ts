import { z } from "zod";
import { Prisma, systemDb } from "@/lib/platform/db";
import { eventId } from "@/lib/webhooks/event";
import { redact } from "./redact";

const pageSize = 50;
const states = ["pending", "processing", "done", "ignored", "dead"] as const;
type State = (typeof states)[number];

export const eventFilter = z.object({
  state: z.enum(states).optional().catch(undefined),
  type: z
    .string()
    .regex(/^[\w.]{1,255}$/)
    .optional()
    .catch(undefined),
  object: z
    .string()
    .regex(/^[\w-]{1,255}$/)
    .optional()
    .catch(undefined),
  /** The last row of the page before: "<ISO moment>_<event id>". */
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_evt_\w{1,250}$/)
    .refine((text) => !Number.isNaN(split(text)[0]?.getTime()))
    .optional()
    .catch(undefined),
});

export type EventLine = {
  id: string;
  type: string;
  objectId: string | null;
  state: State;
  attempts: number;
  note: string | null;
  receivedAt: Date;
};

/** A page of events, newest first, and where the next one begins; null at the end. */
export async function listEvents(
  filter: z.infer<typeof eventFilter>,
): Promise<{ events: EventLine[]; older: string | null }> {
  const rows = await systemDb(
    "events for staff",
    (tx) => tx.$queryRaw<EventLine[]>`
      SELECT id, type, object_id AS "objectId", attempts, note, received_at AS "receivedAt",
        CASE WHEN lease_until > now() THEN 'processing' ELSE state::text END AS state
      FROM stripe_event WHERE ${matching(filter)}
      ORDER BY received_at DESC, id DESC LIMIT ${pageSize + 1}`,
  );
  const events = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? events.at(-1) : undefined;
  const older = last ? `${last.receivedAt.toISOString()}_${last.id}` : null;
  return { events, older };
}

function matching(filter: z.infer<typeof eventFilter>): Prisma.Sql {
  const { state, type, object } = filter;
  const [at, id] = split(filter.before);
  const conditions = [
    state && inState[state],
    type && Prisma.sql`type = ${type}`,
    object && Prisma.sql`object_id = ${object}`,
    at && Prisma.sql`(received_at, id) < (${at}, ${id})`,
  ].filter((part) => part instanceof Prisma.Sql);
  return conditions.length > 0
    ? Prisma.join(conditions, " AND ")
    : Prisma.sql`true`;
}

/** As words of the statement and not as parameters, so that the indexes of the rare ones can serve. */
const inState: Readonly<Record<State, Prisma.Sql>> = {
  pending: Prisma.sql`finished_at IS NULL AND (lease_until IS NULL OR lease_until <= now())`,
  processing: Prisma.sql`finished_at IS NULL AND lease_until > now()`,
  done: Prisma.sql`state = 'done'`,
  ignored: Prisma.sql`state = 'ignored'`,
  dead: Prisma.sql`state = 'dead'`,
};

type Leased = { state: State; leaseUntil: Date | null };

/** In work is what somebody has a lease of: a claim writes nothing else, so that it stays cheap. */
function withState<Row extends Leased>(row: Row, at = new Date()): Row {
  const inWork = row.leaseUntil !== null && row.leaseUntil > at;
  return inWork ? { ...row, state: "processing" } : row;
}

function split(before: string | undefined): [Date | null, string] {
  const at = before?.indexOf("_evt_") ?? -1;
  return before && at > 0
    ? [new Date(before.slice(0, at)), before.slice(at + 1)]
    : [null, ""];
}

const history = z.array(
  z.object({
    at: z.coerce.date(),
    attempt: z.number().optional(),
    error: z.string().optional(),
    replayedBy: z.string().optional(),
  }),
);

/** One event with its payload as staff may see it, what was tried, and what it changed; null if unknown. */
export async function getEvent(id: string) {
  if (!eventId.safeParse(id).success) return null;
  return systemDb("an event for staff", async (tx) => {
    const event = await tx.stripeEvent.findFirst({ where: { id } });
    if (!event) return null;
    // One that was answered together with another changed what that one did.
    const leader = /^with (evt_\w+)$/.exec(event.note ?? "")?.[1] ?? id;
    const changes = await tx.auditEntry.findMany({
      where: { cause: { in: [id, leader] } },
      orderBy: { at: "asc" },
      take: 100,
    });
    const { payload, ...rest } = event;
    return {
      ...withState(rest),
      history: history.parse(event.history),
      payload: JSON.stringify(redact(parse(payload)), null, 2),
      changes,
    };
  });
}

/** What Stripe signed is JSON; only a test can have stored anything else. */
function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    return null;
  }
}
