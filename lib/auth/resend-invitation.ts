import { recordAudit } from "@/lib/audit/record";
import { runEffectNow } from "@/lib/fulfilment/run";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { after, hours, minutes } from "@/lib/platform/time";
import { addEffect } from "@/lib/sync/effect";
import { limitTries } from "@/lib/platform/rate-limit";
import {
  invitationEnd,
  invitationMail,
  requirePending,
  requireSeat,
  requireVerified,
} from "./invitation";

/**
 * Mails an invitation again and lets it stand for another seven days, also one that has expired. Throws
 * not_found, forbidden, invitation_over once accepted or withdrawn, limit_reached, and rate_limited within a
 * minute of the last mail, or after ten tries in an hour.
 */
export async function resendInvitation(
  ctx: TenantContext,
  input: { invitationId: string },
): Promise<void> {
  const { tenantId } = ctx;
  const { invitationId: id } = input;
  const of = `${tenantId} ${id}`;
  await limitTries({ act: "resend", of, max: 10, within: hours(1) });
  const mail = await tenantDb(ctx, async (tx) => {
    const { role, sentAt, sent } = await requirePending(tx, ctx, id);
    await requireVerified(tx, ctx.actor.id);
    if (after(sentAt, minutes(1)) > new Date())
      throw new AppError("rate_limited");
    await requireSeat(tx, tenantId, id);
    await tx.invitation.update({
      where: { id },
      data: {
        sent: sent + 1,
        sentAt: new Date(),
        expiresAt: invitationEnd(),
      },
    });
    const nth = invitationMail({ tenantId, id, sent: sent + 1 });
    await addEffect(tx, nth);
    const details = { role, sent: sent + 1 };
    await recordAudit(tx, ctx, "member.invited", id, details);
    return nth;
  });
  await runEffectNow(mail);
}
