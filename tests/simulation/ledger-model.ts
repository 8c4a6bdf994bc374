import { backoff, maxAttempts } from "@/lib/platform/backoff";

/** An event of the model's inbox. Times are places in one sequence; Infinity is "not due yet". */
type Row = {
  event: number;
  object: number;
  state: "pending" | "processing" | "done" | "dead";
  attempts: number;
  due: number;
  leased: boolean;
  received: number;
};

export type Claim = {
  event: number;
  object: number;
  attempts: number;
  at: number;
};

/** What is stored of an object: its version, whose ticket it came with, and every version it has had. */
type Stored = { version: number; ticket: number; changes: number[] };

export const lastAttempt = maxAttempts;

/**
 * The rules of lib/webhooks/{claim,mark}.ts and lib/sync/ticket.ts over arrays instead of Postgres. That
 * the two agree, step by step, is what replay.ts shows.
 */
export function createLedgerModel(objects: number) {
  const rows = new Map<number, Row>();
  const stored = Array.from({ length: objects }, (): Stored => ({
    version: 0,
    ticket: 0,
    changes: [],
  }));
  let sequence = 0;
  let tickets = 0;

  /** Only the first that is due of its object, and only while nobody is at that object. */
  function isBlocked(row: Row): boolean {
    for (const other of rows.values()) {
      if (other === row || other.object !== row.object || !isOpen(other))
        continue;
      if (other.leased || (other.due < Infinity && isBefore(other, row)))
        return true;
    }
    return false;
  }

  return {
    rows,
    stored,

    /** Says whether it was new. */
    deliver(event: number, object: number): boolean {
      if (rows.has(event)) return false;
      const at = (sequence += 1);
      rows.set(event, {
        event,
        object,
        state: "pending",
        attempts: 0,
        due: at,
        leased: false,
        received: at,
      });
      return true;
    },

    claim(): Claim | null {
      let first: Row | null = null;
      for (const row of rows.values()) {
        if (!isOpen(row) || row.leased || row.due === Infinity) continue;
        if (first && !isBefore(row, first)) continue;
        if (!isBlocked(row)) first = row;
      }
      if (!first) return null;
      first.state = "processing";
      first.attempts += 1;
      first.leased = true;
      const { event, object, attempts } = first;
      return { event, object, attempts, at: (sequence += 1) };
    },

    takeTicket: () => (tickets += 1),

    /** Says whether the answer was newer than what stood there. */
    save(object: number, ticket: number, version: number): boolean {
      const was = stored[object];
      if (!was || was.ticket >= ticket) return false;
      was.ticket = ticket;
      if (was.version !== version) was.changes.push(version);
      was.version = version;
      return true;
    },

    /** Done, and with it every other event about the object that had come before the claim. */
    done(claim: Claim): void {
      for (const row of rows.values()) {
        const answered =
          row.object === claim.object &&
          row.state === "pending" &&
          row.received <= claim.at;
        if (!answered && !isOurs(row, claim)) continue;
        row.state = "done";
        row.leased = false;
      }
    },

    fail(claim: Claim): void {
      const row = rows.get(claim.event);
      if (!row || !isOurs(row, claim)) return;
      row.leased = false;
      row.state = backoff(claim.attempts) === null ? "dead" : "pending";
      row.due = Infinity;
    },

    /** Every wait and every lease is over. */
    passTime(): void {
      for (const row of rows.values()) {
        if (!isOpen(row)) continue;
        row.leased = false;
        if (row.due === Infinity) row.due = sequence += 1;
      }
    },

    has: (state: "open" | "dead"): boolean =>
      [...rows.values()].some((row) =>
        state === "open" ? isOpen(row) : row.state === "dead",
      ),
  };
}

function isOpen({ state }: Row): boolean {
  return state === "pending" || state === "processing";
}

function isOurs(row: Row, { event, attempts }: Claim): boolean {
  return (
    row.event === event &&
    row.state === "processing" &&
    row.attempts === attempts
  );
}

function isBefore(one: Row, other: Row): boolean {
  return (
    one.due < other.due || (one.due === other.due && one.event < other.event)
  );
}
