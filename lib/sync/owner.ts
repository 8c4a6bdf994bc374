import { Prisma, systemSql } from "@/lib/platform/db";

/** The tenant that a Stripe object was first stored for; null for one we never stored. */
export async function getOwner(stripeId: string): Promise<string | null> {
  const [row] = await systemSql<{ tenantId: string }>(
    "owner of a Stripe object",
    Prisma.sql`SELECT tenant_id AS "tenantId" FROM stripe_object_owner WHERE stripe_id = ${stripeId}`,
  );
  return row?.tenantId ?? null;
}
