import { z } from "zod";
import { requireRoomFor } from "@/lib/entitlements/check";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb, type Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { rowId } from "@/lib/platform/text";
import { after, days } from "@/lib/platform/time";
import type { Effect } from "@/lib/sync/effect";
import { lockMembers, requireDecisionOver } from "./members";

export const invitationRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  invitationId: rowId,
});

/** When one sent now ends. */
export const invitationEnd = () => after(new Date(), days(7));

/** Its nth mail, once: added with the invitation, and run as soon as that stands. */
export function invitationMail(invitation: {
  tenantId: string;
  id: string;
  sent: number;
}): Effect {
  const { tenantId, id, sent } = invitation;
  return {
    tenantId,
    kind: "mail.invitation",
    cause: `invitation:${id}:${sent}`,
    payload: { invitationId: id },
  };
}

/**
 * Throws limit_reached when members and open invitations fill the plan's seats. `besides` is an invitation
 * that is about to be opened again.
 */
export async function requireSeat(
  tx: Transaction,
  tenantId: string,
  besides: string | null = null,
): Promise<void> {
  await requireRoomFor(tx, tenantId, "seats", async () => {
    const members = await tx.membership.count({ where: { tenantId } });
    const open = await tx.invitation.count({
      where: {
        tenantId,
        status: "pending",
        expiresAt: { gt: new Date() },
        ...(besides && { id: { not: besides } }),
      },
    });
    return members + open;
  });
}

/** Throws email_not_verified: who has no confirmed address writes to nobody in our name. */
export async function requireVerified(
  tx: Transaction,
  userId: string,
): Promise<void> {
  const { emailVerified } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { emailVerified: true },
  });
  if (!emailVerified) throw new AppError("email_not_verified");
}

/**
 * One that can still be changed, read behind the lock on the members, so that no acceptance comes between.
 * Throws not_found, forbidden or invitation_over.
 */
export async function requirePending(
  tx: Transaction,
  ctx: TenantContext,
  id: string,
) {
  const { tenantId } = ctx;
  const members = await lockMembers(tx, tenantId);
  const found = await tx.invitation.findFirst({ where: { id, tenantId } });
  if (!found) throw new AppError("not_found");
  requireDecisionOver(ctx, members, [found.role]);
  if (found.status !== "pending") throw new AppError("invitation_over");
  return found;
}

export type InvitationView = {
  id: string;
  tenantId: string;
  slug: string;
  workspace: string;
  inviter: string;
  email: string;
  role: string;
  isOpen: boolean;
  isAccepted: boolean;
};

/** By the id that only its mail carries; null where there is none. */
export async function getInvitation(
  id: string,
): Promise<InvitationView | null> {
  if (!rowId.safeParse(id).success) return null;
  const found = await systemDb("invitation by its id", (tx) =>
    tx.invitation.findUnique({
      where: { id },
      include: { tenant: true, inviter: { select: { name: true } } },
    }),
  );
  if (!found) return null;
  const { tenant, inviter, status, expiresAt } = found;
  return {
    id,
    tenantId: tenant.id,
    slug: tenant.slug,
    workspace: tenant.name,
    inviter: inviter.name,
    email: found.email,
    role: found.role,
    isOpen: status === "pending" && expiresAt > new Date(),
    isAccepted: status === "accepted",
  };
}
