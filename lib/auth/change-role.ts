import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { rowId } from "@/lib/platform/text";
import {
  lockMembers,
  requireDecisionOver,
  requireMember,
  requireOtherOwner,
} from "./members";
import { roles, type Role } from "./permissions";

export const roleRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  userId: rowId,
  role: z.enum(roles),
  /** Asked for where an owner is made or unmade by who signed in long ago. */
  password: z.string().max(128).optional(),
});

/**
 * Gives a member another role. Throws not_found, last_owner, or forbidden unless who acts decides over both
 * the role held and the role given. Repeatable.
 */
export async function changeRole(
  ctx: TenantContext,
  input: { userId: string; role: Role },
): Promise<void> {
  const { tenantId } = ctx;
  const { userId, role } = input;
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    const member = requireMember(members, userId);
    requireDecisionOver(ctx, members, [member.role, role]);
    if (member.role === role) return;
    if (role !== "owner") requireOtherOwner(members, member);
    await tx.membership.update({ where: { id: member.id }, data: { role } });
    const details = { from: member.role, to: role };
    await recordAudit(tx, ctx, "member.role_changed", userId, details);
  });
}
