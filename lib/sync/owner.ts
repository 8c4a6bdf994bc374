import { systemDb } from "@/lib/platform/db";

/** The tenant that a Stripe object was first stored for; null for one we never stored. */
export async function getOwner(stripeId: string): Promise<string | null> {
  const row = await systemDb("owner of a Stripe object", (tx) =>
    tx.stripeObjectOwner.findUnique({ where: { stripeId } }),
  );
  return row?.tenantId ?? null;
}
