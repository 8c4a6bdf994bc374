import { Prisma, systemDb } from "@/lib/platform/db";

/** As many as are looked into at once: together they take a fraction of the five seconds that a statement has. */
const batch = 5_000;

/**
 * Deletes the stored events of this workspace, and those that hold one of these words (a customer's id, an address,
 * however it was typed). Those still to be worked on stay until they are: a later call deletes them, or their age.
 * Repeatable, and takes as long as there are events.
 */
export async function forgetEvents({
  ids,
  tenantId,
}: {
  ids: readonly string[];
  tenantId: string | null;
}): Promise<void> {
  await systemDb(
    "erasure of stored events",
    (tx) => tx.$executeRaw`
      DELETE FROM stripe_event WHERE finished_at IS NOT NULL
        AND object_id IN (SELECT stripe_id FROM stripe_object_owner WHERE tenant_id = ${tenantId})`,
  );
  const words = ids.map((word) => word.toLowerCase());
  let last: string | null = words.length > 0 ? "" : null;
  while (last !== null) last = await forgetBatch(words, last);
}

/** Those after this id, one batch in a transaction of its own. Says where the next begins; null at the end. */
async function forgetBatch(
  words: readonly string[],
  after: string,
): Promise<string | null> {
  const [done] = await systemDb("erasure of stored events", (tx) =>
    tx.$queryRaw<{ last: string | null }[]>(Prisma.sql`
      WITH looked AS MATERIALIZED (
        SELECT id, account, livemode, lower(convert_from(payload, 'UTF8')) AS text
        FROM stripe_event WHERE id > ${after} ORDER BY id LIMIT ${batch}),
      gone AS (
        DELETE FROM stripe_event AS event USING looked
        WHERE (event.id, event.account, event.livemode) = (looked.id, looked.account, looked.livemode)
          AND event.finished_at IS NOT NULL
          AND EXISTS (SELECT FROM unnest(${[...words]}::text[]) AS word WHERE position(word IN text) > 0))
      SELECT max(id) AS last FROM looked`),
  );
  return done?.last ?? null;
}
