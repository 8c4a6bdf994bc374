import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { runEffectNow } from "@/lib/fulfilment/run";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { hours } from "@/lib/platform/time";
import { addEffect } from "@/lib/sync/effect";
import {
  invitationEnd,
  invitationMail,
  requireSeat,
  requireVerified,
} from "./invitation";
import { limitTries } from "@/lib/platform/rate-limit";
import { lockMembers, requireDecisionOver } from "./members";
import { roles, type Role } from "./permissions";
import { emailAddress } from "./sign-in";

export const inviteRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  email: emailAddress,
  role: z.enum(roles),
  /** Asked for where an owner is made or unmade by who signed in long ago. */
  password: z.string().max(128).optional(),
});

/** An invitation carries a text of the inviter's to anybody: neither many people nor one are to be flooded. */
async function limitInvitations(
  { actor }: TenantContext,
  email: string,
): Promise<void> {
  const within = hours(1);
  await limitTries({ act: "invite", of: actor.id, max: 50, within });
  const of = `${actor.id} ${email}`;
  await limitTries({ act: "invite-one", of, max: 5, within });
}

/**
 * Invites an address for seven days, by one mail. Throws forbidden unless who acts decides over that role,
 * email_not_verified, already_member, already_invited, limit_reached when every seat is taken or promised,
 * and rate_limited.
 */
export async function inviteMember(
  ctx: TenantContext,
  input: { email: string; role: Role },
): Promise<{ id: string }> {
  const { tenantId } = ctx;
  const email = input.email.toLowerCase();
  await limitInvitations(ctx, email);
  const id = crypto.randomUUID();
  const mail = invitationMail({ tenantId, id, sent: 1 });
  await tenantDb(ctx, async (tx) => {
    const members = await lockMembers(tx, tenantId);
    requireDecisionOver(ctx, members, [input.role]);
    await requireVerified(tx, ctx.actor.id);
    // Row-level security shows the workspace's own members alone.
    if (await tx.user.findFirst({ where: { email }, select: { id: true } }))
      throw new AppError("already_member");
    await tx.invitation.updateMany({
      where: {
        tenantId,
        email,
        status: "pending",
        expiresAt: { lte: new Date() },
      },
      data: { status: "expired" },
    });
    const open = { tenantId, email, status: "pending" };
    if (await tx.invitation.count({ where: open }))
      throw new AppError("already_invited");
    await requireSeat(tx, tenantId);
    await tx.invitation.create({
      data: {
        ...open,
        id,
        role: input.role,
        inviterId: ctx.actor.id,
        expiresAt: invitationEnd(),
      },
    });
    await addEffect(tx, mail);
    const details = { role: input.role };
    await recordAudit(tx, ctx, "member.invited", id, details);
  });
  await runEffectNow(mail);
  return { id };
}
