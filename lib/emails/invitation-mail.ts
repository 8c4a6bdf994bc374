import type { Transaction } from "@/lib/platform/db";
import type { Mail } from "@/lib/platform/mail";
import { env } from "@/lib/platform/env";
import { invitation } from "./invitation";
import { mailPayloads } from "./payload";

/** Null where nobody waits for it any more: accepted, revoked or lapsed. */
export async function invitationMail(
  tx: Transaction,
  { tenantId, payload }: { tenantId: string; payload: unknown },
): Promise<Mail | null> {
  const { invitationId: id } = mailPayloads["mail.invitation"].parse(payload);
  const found = await tx.invitation.findUnique({
    where: { id, tenantId },
    include: { tenant: true },
  });
  if (found?.status !== "pending" || found.expiresAt <= new Date()) return null;
  // Somebody who has left is no longer to be seen here.
  const inviter = await tx.user.findUnique({ where: { id: found.inviterId } });
  return invitation({
    to: found.email,
    workspace: found.tenant.name,
    inviter: inviter?.name ?? found.tenant.name,
    role: found.role ?? "member",
    url: `${env().appUrl}/invite/${id}`,
    expiresAt: found.expiresAt,
  });
}
