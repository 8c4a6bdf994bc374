import { Prisma, systemDb } from "@/lib/platform/db";
import { placeOf } from "@/lib/platform/newest-first";

/**
 * What somebody types, as a query for `search_words` of the database: each of its words begins a word of the name.
 * Where it has no word, nothing is found.
 */
export function wordsOf(search: string): string {
  const words = search.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  return words.map((word) => `'${word}':*`).join(" & ");
}

/** The rows beyond that place, for a statement that is ordered by both, newest first. */
export function beyondSql(before: string | undefined): Prisma.Sql {
  const place = placeOf(before);
  return place
    ? Prisma.sql`(created_at, id) < (${place.createdAt}, ${place.id})`
    : Prisma.sql`true`;
}

/**
 * Asks with every way closed but the indexes of what is searched for. Under row-level security Postgres may not look
 * into its statistics of words: it would take a rare one for frequent, and go through all there are for it.
 */
export async function search<Row>(
  reason: string,
  statement: Prisma.Sql,
): Promise<Row[]> {
  return systemDb(reason, async (tx) => {
    await tx.$executeRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`;
    return tx.$queryRaw<Row[]>(statement);
  });
}
