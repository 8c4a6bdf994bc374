import { systemDb } from "@/lib/platform/db";

/**
 * Deletes the stored events of this workspace, and those that hold one of these words (a customer's id, an address,
 * however it was typed). Those still to be worked on stay until they are: a later call deletes them, or their age.
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
      DELETE FROM stripe_event WHERE finished_at IS NOT NULL AND (
        object_id IN (SELECT stripe_id FROM stripe_object_owner WHERE tenant_id = ${tenantId})
        OR EXISTS (SELECT FROM unnest(${[...ids]}::text[]) AS word
          WHERE position(lower(word) IN lower(convert_from(payload, 'UTF8'))) > 0))`,
  );
}
