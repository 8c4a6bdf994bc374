import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { requirePending } from "./invitation";

/** Withdraws an invitation: its link opens nothing any more. Throws not_found, forbidden or invitation_over. */
export async function revokeInvitation(
  ctx: TenantContext,
  input: { invitationId: string },
): Promise<void> {
  const { invitationId: id } = input;
  await tenantDb(ctx, async (tx) => {
    const { role } = await requirePending(tx, ctx, id);
    await tx.invitation.update({ where: { id }, data: { status: "revoked" } });
    const details = { role };
    await recordAudit(tx, ctx, "member.invitation_revoked", id, details);
  });
}
