import { Prisma, tenantDb, type Transaction } from "@/lib/platform/db";
import { rowId } from "@/lib/platform/text";
import { after, days } from "@/lib/platform/time";
import { actionsOf, auditKinds, type AuditKind } from "./actions";

const pageSize = 50;

export type AuditEntryView = {
  id: string;
  at: Date;
  action: string;
  objectId: string;
  cause: string;
  details: Prisma.JsonValue;
  /** Whoever did it; a person's name is null once they are no member. */
  actor: { kind: string; name: string | null };
  /** The person it was done to, if it is one who is a member. */
  person: string | null;
};

export type AuditPage = {
  entries: AuditEntryView[];
  /** What to ask for next in either direction; null where the log ends. */
  newer: string | null;
  older: string | null;
  people: { id: string; name: string }[];
};

/** As it stands in the page's address: anybody may have written it, and what makes no sense counts as absent. */
export type AuditFilter = {
  kind: string | null;
  /** A member's id, or "stripe". */
  who: string | null;
  /** Days, as 2026-03-12, in UTC; both included. */
  from: string | null;
  to: string | null;
  /** The cursors of a page: entries older or newer than that one. */
  before: string | null;
  after: string | null;
};

type Row = Omit<AuditEntryView, "actor" | "person"> & {
  actorKind: string;
  actorId: string | null;
};

/**
 * The workspace's log, newest first, a page of fifty found by its neighbour (keyset), so that the last page
 * costs what the first one does.
 */
export async function listAudit(
  { tenantId }: { tenantId: string },
  filter: AuditFilter,
): Promise<AuditPage> {
  return tenantDb({ tenantId }, async (tx) => {
    const people = await membersOf(tx, tenantId);
    const back = filter.before ? null : parseCursor(filter.after);
    const rows = await find(tx, tenantId, filter, back);
    const more = rows.length > pageSize;
    const page = rows.slice(0, pageSize);
    if (back) page.reverse();
    const [first, last] = [page[0], page.at(-1)];
    const isFirst = back ? !more : !parseCursor(filter.before);
    const isLast = back ? false : !more;
    const keys = await keysAmong(tx, tenantId, page);
    const names = new Map(
      [...people, ...keys].map(({ id, name }) => [id, name]),
    );
    return {
      entries: page.map((row) => toView(row, names)),
      newer: first && !isFirst ? toCursor(first) : null,
      older: last && !isLast ? toCursor(last) : null,
      people,
    };
  });
}

async function find(
  tx: Transaction,
  tenantId: string,
  filter: AuditFilter,
  back: Cursor | null,
): Promise<Row[]> {
  const cursor = parseCursor(filter.before);
  const beyond = back
    ? Prisma.sql`AND (at, id) > (${back.at}, ${back.id})`
    : cursor
      ? Prisma.sql`AND (at, id) < (${cursor.at}, ${cursor.id})`
      : Prisma.empty;
  const order = back ? Prisma.sql`at, id` : Prisma.sql`at DESC, id DESC`;
  return tx.$queryRaw<Row[]>`
    SELECT id, at, action, object_id AS "objectId", cause, details, actor_kind AS "actorKind",
      actor_id AS "actorId"
    FROM audit_entry
    WHERE tenant_id = ${tenantId} ${beyond} ${conditions(filter)}
    ORDER BY ${order} LIMIT ${pageSize + 1}`;
}

function conditions({ kind, who, from, to }: AuditFilter): Prisma.Sql {
  const [since, until] = [parseDay(from), parseDay(to)];
  const parts = [
    isKind(kind) && Prisma.sql`AND action = ANY(${actionsOf(kind)})`,
    who === "stripe" && Prisma.sql`AND actor_kind = 'stripe'`,
    who !== "stripe" &&
      rowId.safeParse(who).success &&
      Prisma.sql`AND actor_kind = 'user' AND actor_id = ${who}`,
    since && Prisma.sql`AND at >= ${since}`,
    until && Prisma.sql`AND at < ${after(until, days(1))}`,
  ];
  return Prisma.join(
    [Prisma.empty, ...parts.filter((part) => part instanceof Prisma.Sql)],
    " ",
  );
}

function isKind(text: string | null): text is AuditKind {
  return (auditKinds as readonly (string | null)[]).includes(text);
}

function parseDay(text: string | null): Date | null {
  if (!text || !/^[12]\d{3}-\d\d-\d\d$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? null : day;
}

type Cursor = { at: Date; id: string };

function toCursor({ at, id }: Cursor): string {
  return `${at.getTime()}_${id}`;
}

function parseCursor(text: string | null): Cursor | null {
  const [, at, id] = /^(\d{1,15})_([\w-]{1,64})$/.exec(text ?? "") ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}

async function membersOf(tx: Transaction, tenantId: string) {
  return tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT "user".id, "user".name FROM membership JOIN "user" ON "user".id = user_id
    WHERE tenant_id = ${tenantId} ORDER BY lower("user".name), "user".id LIMIT 500`;
}

async function keysAmong(
  tx: Transaction,
  tenantId: string,
  page: readonly Row[],
): Promise<{ id: string; name: string }[]> {
  const ids = page.flatMap(({ actorKind, actorId }) =>
    actorKind === "api_key" && actorId ? [actorId] : [],
  );
  if (ids.length === 0) return [];
  const keys = await tx.apiKey.findMany({
    where: { referenceId: tenantId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return keys.map(({ id, name }) => ({ id, name: name ?? "" }));
}

function toView(row: Row, names: ReadonlyMap<string, string>): AuditEntryView {
  const { actorKind, actorId, ...rest } = row;
  return {
    ...rest,
    actor: { kind: actorKind, name: names.get(actorId ?? "") ?? null },
    person: names.get(row.objectId) ?? null,
  };
}
