import { Prisma, systemSql, type Transaction } from "@/lib/platform/db";

/**
 * Take one *before* asking Stripe. Of two answers about one object the one asked for later is the newer
 * one, whatever order they arrive in (trust I6).
 */
export async function takeTicket(): Promise<bigint> {
  const [row] = await systemSql<{ ticket: string }>(
    "sync ticket",
    Prisma.sql`SELECT nextval('sync_ticket') AS ticket`,
  );
  if (!row) throw new Error("no ticket");
  return BigInt(row.ticket);
}

/**
 * Claims the object for the rest of this transaction if `ticket` is newer than what was last written for
 * it, and records whose it is. False means: a newer answer stands already, or it is another tenant's.
 */
export async function claimNewest(
  tx: Transaction,
  {
    stripeId,
    tenantId,
    ticket,
  }: { stripeId: string; tenantId: string; ticket: bigint },
): Promise<boolean> {
  const claimed = await tx.$executeRaw`
    INSERT INTO stripe_object_owner AS stored (stripe_id, tenant_id, ticket)
    VALUES (${stripeId}, ${tenantId}, ${ticket})
    ON CONFLICT (stripe_id) DO UPDATE SET ticket = excluded.ticket
    WHERE stored.ticket < excluded.ticket AND stored.tenant_id = excluded.tenant_id`;
  return claimed > 0;
}
