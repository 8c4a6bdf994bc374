import { readFileSync } from "node:fs";
import { handledEvents } from "@/lib/webhooks/handlers";
import type { Paid } from "./life";
import type { Said, World } from "./world";

/** An object as Stripe keeps it, or a row as Postgres does. */
export type Thing = Record<string, unknown> & { id: string };

/** All that the checkers look at, gathered at one quiet moment. Plain data: a test can falsify any of it. */
export type Facts = {
  /** Stripe's own records, by kind: read from the emulator's journal and not through its API. */
  stripe: Record<string, Thing[]>;
  /** Our tables, whole. */
  rows: Record<string, Thing[]>;
  acknowledged: string[];
  handled: readonly string[];
  paid: Paid[];
  said: Said[];
  /** What the app's own query of money finds. */
  leaks: string[];
  /** Message-IDs, one for each mail that was delivered. */
  mails: string[];
};

const tables = [
  "audit_entry",
  "checkout_intent",
  "checkout_session",
  "customer",
  "effect",
  "invoice",
  "membership",
  "payment",
  "payment_method",
  "refund",
  "stripe_event",
  "subscription",
  "subscription_change",
  "subscription_item",
  "tenant",
] as const;

export async function gatherFacts(world: World): Promise<Facts> {
  const rows: Facts["rows"] = {};
  for (const table of tables) {
    const found = await world.database.ask<{ row: Thing }>(
      `SELECT to_jsonb(it) - 'payload' || CASE WHEN '${table}' = 'effect' THEN jsonb_build_object('payload', to_jsonb(it)->'payload') ELSE '{}' END AS row FROM ${table} AS it`,
    );
    rows[table] = found.map(({ row }) => row);
  }
  rows.order = (
    await world.database.ask<{ row: Thing }>(
      'SELECT to_jsonb(it) AS row FROM "order" AS it',
    )
  ).map(({ row }) => row);
  const answer = await fetch(`${world.mailUrl}/messages.json`);
  const mails = (await answer.json()) as { messageId: string }[];
  return {
    stripe: readJournal(world.journal),
    rows,
    acknowledged: [...world.acknowledged],
    handled: handledEvents,
    paid: [...world.paid.values()],
    said: world.said,
    leaks: await world.leaks(),
    mails: mails.map(({ messageId }) => messageId),
  };
}

type Change = {
  put?: string;
  value?: Thing;
  remove?: string;
  id?: string;
  clear?: string[];
};

function readJournal(file: string): Facts["stripe"] {
  const kinds = new Map<string, Map<string, Thing>>();
  const of = (kind: string) => {
    const known = kinds.get(kind) ?? new Map<string, Thing>();
    kinds.set(kind, known);
    return known;
  };
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    for (const change of JSON.parse(line) as Change[]) {
      if (change.put && change.value)
        of(change.put).set(change.value.id, change.value);
      if (change.remove && change.id) of(change.remove).delete(change.id);
      for (const kind of change.clear ?? []) kinds.delete(kind);
    }
  }
  return Object.fromEntries(
    [...kinds].map(([kind, all]) => [kind, [...all.values()]]),
  );
}
