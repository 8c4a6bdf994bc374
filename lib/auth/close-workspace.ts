import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { billingGoesOn, endBilling } from "@/lib/billing/end-billing";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { isUnknownOutcome } from "@/lib/platform/stripe";
import { lockMembers, requireDecisionOver } from "./members";

export const closeRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  name: z.string().max(256),
  /** Where signing in was a while ago. */
  password: z.string().min(1).max(128).optional(),
});

/**
 * Deletes a workspace for its people: every plan ends at Stripe first, then nobody enters it any more. Its
 * rows stay. Throws wrong_name and close_interrupted, which leaves it open; called again, it goes on where it stopped.
 */
export async function closeWorkspace(
  ctx: TenantContext,
  input: { name: string },
): Promise<void> {
  await requireName(ctx, input.name);
  await endWorkspace(ctx);
}

/** The same once it is certain that it is wanted. Throws close_interrupted. */
export async function endWorkspace(ctx: TenantContext): Promise<void> {
  // More than once only if somebody begins a checkout or a payment at this very moment.
  for (let round = 0; round < 3; round += 1) {
    await endBilling(ctx).catch(interrupted);
    if (await close(ctx)) return;
  }
  throw new AppError("close_interrupted");
}

function interrupted(error: unknown): never {
  if (!isUnknownOutcome(error)) throw error;
  throw new AppError("close_interrupted", { cause: error });
}

/** It protects from the wrong workspace. */
async function requireName(ctx: TenantContext, said: string): Promise<void> {
  await tenantDb(ctx, async (tx) => {
    const { name } = await tx.tenant.findUniqueOrThrow({
      where: { id: ctx.tenantId },
    });
    if (said.trim() !== name)
      throw new AppError("wrong_name", { param: "name" });
  });
}

/** False when something can be charged again: the lock lets nothing begin between looking and closing. */
async function close(ctx: TenantContext): Promise<boolean> {
  const { tenantId } = ctx;
  return tenantDb(ctx, async (tx) => {
    // Members before the workspace, as everybody who changes them locks. Stripe took its time: who acts may have
    // lost the role meanwhile.
    const members = await lockMembers(tx, tenantId);
    if (ctx.actor.kind === "user") requireDecisionOver(ctx, members, ["owner"]);
    const [tenant] = await tx.$queryRaw<{ closedAt: Date | null }[]>`
      SELECT closed_at AS "closedAt" FROM tenant WHERE id = ${tenantId} FOR UPDATE`;
    if (tenant?.closedAt) return true;
    if (await billingGoesOn(tx, ctx)) return false;
    await endOpenWishes(tx, tenantId);
    await tx.tenant.update({
      where: { id: tenantId },
      data: { closedAt: new Date() },
    });
    await recordAudit(tx, ctx, "workspace.closed", tenantId);
    return true;
  });
}

/** A checkout or a payment under way finds its intent closed, and ends what it has made at Stripe. */
async function endOpenWishes(tx: Transaction, tenantId: string): Promise<void> {
  await tx.checkoutIntent.updateMany({
    where: { tenantId, closedAt: null },
    data: { closedAt: new Date(), closedReason: "workspace closed" },
  });
  await tx.chargeIntent.updateMany({
    where: { tenantId, closedAt: null, paymentId: null },
    data: { closedAt: new Date() },
  });
  await tx.invitation.updateMany({
    where: { tenantId, status: "pending" },
    data: { status: "revoked" },
  });
}
