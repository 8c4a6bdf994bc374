import { z } from "zod";
import type { Transaction } from "@/lib/platform/db";

/** The roles with billing.write in lib/auth/permissions; a test holds them to it. */
export const billingRoles = ["owner", "billing"];

/** Who gets a mail: a member, or the address that invoices go to. Its text is read when it is sent. */
export const addressee = z.union([
  z.object({ userId: z.string() }),
  z.object({ customerId: z.string() }),
]);
export type Addressee = z.infer<typeof addressee>;

/**
 * Everybody who pays for this workspace, each address once: its members with billing.write whose address
 * is confirmed, and the address of the Stripe customer. That one is not confirmed by us, but somebody with
 * billing.write gave it for invoices, as one gives the bookkeeper's, and without it nobody would be told
 * while the only owner has not confirmed an address.
 */
export async function listAddressees(
  tx: Transaction,
  { tenantId, customerId }: { tenantId: string; customerId: string | null },
): Promise<Addressee[]> {
  const members = await listPayers(tx, tenantId);
  const found: Addressee[] = members.map(({ userId }) => ({ userId }));
  const email = customerId
    ? await customerEmail(tx, { tenantId, customerId })
    : null;
  const known = members.some(
    (member) => member.email.toLowerCase() === email?.toLowerCase(),
  );
  if (customerId && email && !known) found.push({ customerId });
  return found;
}

/** The address now; null for somebody who has left, lost the role or has none any more. */
export async function getAddress(
  tx: Transaction,
  { tenantId, to }: { tenantId: string; to: Addressee },
): Promise<string | null> {
  if ("customerId" in to)
    return customerEmail(tx, { tenantId, customerId: to.customerId });
  const members = await listPayers(tx, tenantId);
  return members.find(({ userId }) => userId === to.userId)?.email ?? null;
}

function listPayers(tx: Transaction, tenantId: string) {
  return tx.$queryRaw<{ userId: string; email: string }[]>`
    SELECT "user".id AS "userId", email FROM membership JOIN "user" ON "user".id = user_id
    WHERE tenant_id = ${tenantId} AND email_verified
      AND string_to_array(role, ',') && ${billingRoles}::text[]
    ORDER BY membership.created_at, "user".id`;
}

async function customerEmail(
  tx: Transaction,
  { tenantId, customerId }: { tenantId: string; customerId: string },
): Promise<string | null> {
  const customer = await tx.customer.findUnique({
    where: { tenantId_id: { tenantId, id: customerId } },
  });
  return customer?.deleted ? null : (customer?.email ?? null);
}
