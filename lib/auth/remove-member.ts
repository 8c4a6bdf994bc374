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
import { seatsChanged } from "./seats-changed";

export const removeRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  userId: rowId,
  /** Asked for where an owner is made or unmade by who signed in long ago. */
  password: z.string().max(128).optional(),
});

export const leaveRequest = removeRequest.omit({
  userId: true,
  password: true,
});

/**
 * Takes a member out, from their next request on. Throws not_found, last_owner, or forbidden unless who acts
 * decides over their role. What they made stays the workspace's.
 */
export async function removeMember(
  ctx: TenantContext,
  input: { userId: string },
): Promise<void> {
  const { tenantId } = ctx;
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    const member = requireMember(members, input.userId);
    requireDecisionOver(ctx, members, [member.role]);
    requireOtherOwner(members, member);
    await tx.membership.delete({ where: { id: member.id } });
    await seatsChanged(tx, { tenantId, cause: `${member.id}:left` });
    const details = { role: member.role };
    await recordAudit(tx, ctx, "member.removed", input.userId, details);
  });
}

/** Who acts leaves. Throws last_owner. */
export async function leaveWorkspace(ctx: TenantContext): Promise<void> {
  const { tenantId } = ctx;
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    const member = requireMember(members, ctx.actor.id);
    requireOtherOwner(members, member);
    await tx.membership.delete({ where: { id: member.id } });
    await seatsChanged(tx, { tenantId, cause: `${member.id}:left` });
    const details = { role: member.role };
    await recordAudit(tx, ctx, "member.left", member.userId, details);
  });
}
