import { Prisma } from "@/lib/platform/db";
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
