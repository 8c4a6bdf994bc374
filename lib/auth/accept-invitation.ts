import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { requireRoomFor } from "@/lib/entitlements/check";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { rowId } from "@/lib/platform/text";
import { getInvitation } from "./invitation";
import { lockMembers } from "./members";
import type { Visitor } from "./membership";
import { seatsChanged } from "./seats-changed";

export const acceptRequest = z.strictObject({
  invitationId: rowId,
});

/**
 * Makes the visitor a member. Only the invited address may, once confirmed: throws not_found, other_address,
 * email_not_verified, invitation_over, or limit_reached if the plan has fewer seats by now. Accepting again
 * changes nothing.
 */
export async function acceptInvitation(
  visitor: Visitor,
  input: { invitationId: string; cause: string },
): Promise<{ slug: string }> {
  const { userId } = visitor;
  const { invitationId: id, cause } = input;
  const invitation = await getInvitation(id);
  if (!invitation) throw new AppError("not_found");
  const { tenantId, slug } = invitation;
  if (invitation.email !== visitor.email) throw new AppError("other_address");
  if (!visitor.emailVerified) throw new AppError("email_not_verified");
  const ctx = { tenantId, actor: { kind: "user", id: userId }, cause } as const;
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    const isMember = members.some((member) => member.userId === userId);
    if (!isMember)
      await requireRoomFor(tx, tenantId, "seats", async () => members.length);
    const { count } = await tx.invitation.updateMany({
      where: { id, tenantId, status: "pending", expiresAt: { gt: new Date() } },
      data: { status: "accepted" },
    });
    if (isMember) return;
    if (count === 0) throw new AppError("invitation_over");
    const { role } = invitation;
    const memberId = crypto.randomUUID();
    await tx.membership.create({
      data: { id: memberId, tenantId, userId, role },
    });
    await seatsChanged(tx, { tenantId, cause: `${memberId}:joined` });
    await recordAudit(tx, ctx, "member.joined", userId, { role });
  });
  return { slug };
}
