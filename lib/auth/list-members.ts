import { getRights } from "@/lib/entitlements/check";
import { tenantDb } from "@/lib/platform/db";

export type MemberView = {
  userId: string;
  name: string;
  email: string;
  role: string;
  since: Date;
};

export type InvitationRow = {
  id: string;
  email: string;
  role: string;
  inviter: string;
  expiresAt: Date;
  isOpen: boolean;
};

/** Everybody in the workspace, who is invited (expired ones too, until sent again or withdrawn), and the seats. */
export async function getMembersPage({ tenantId }: { tenantId: string }) {
  return tenantDb({ tenantId }, async (tx) => {
    const members = await tx.$queryRaw<MemberView[]>`
      SELECT user_id AS "userId", name, email, role, membership.created_at AS since
      FROM membership JOIN "user" ON "user".id = user_id
      WHERE tenant_id = ${tenantId} ORDER BY membership.created_at, membership.id`;
    const invitations = await tx.$queryRaw<InvitationRow[]>`
      SELECT invitation.id, invitation.email, role, coalesce(name, 'a former member') AS inviter,
        expires_at AS "expiresAt", expires_at > now() AS "isOpen"
      FROM invitation LEFT JOIN "user" ON "user".id = inviter_id
      WHERE tenant_id = ${tenantId} AND status = 'pending' ORDER BY invitation.created_at`;
    const open = invitations.filter(({ isOpen }) => isOpen);
    const rights = await getRights(tx, tenantId);
    return {
      members,
      invitations,
      seats: {
        used: members.length + open.length,
        limit: rights.limit("seats"),
        plan: rights.plan.name,
      },
    };
  });
}
