import { createHash } from "node:crypto";
import type { TenantContext } from "@/lib/platform/context";
import { Prisma, systemDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { CheckoutIntent } from "@/prisma/client/client";

/** A checkout that ended unpaid gives its trial back; one that nobody knows any more does not. */
const givenBack = Prisma.sql`EXISTS (
  SELECT FROM checkout_intent intent
  LEFT JOIN checkout_session session ON session.tenant_id = intent.tenant_id AND session.intent_id = intent.id
  WHERE intent.tenant_id = trial_use.tenant_id AND intent.id = trial_use.intent_id
    AND intent.closed_at IS NOT NULL AND COALESCE(session.status, 'expired') = 'expired')`;

/** Whether this workspace and this person may still have a trial. */
export async function hasTrialLeft(ctx: TenantContext): Promise<boolean> {
  return systemDb("look for used trials", async (tx) => {
    if (await hadTrial(tx, ctx.tenantId)) return false;
    const subjects = await subjectsOf(tx, ctx);
    const used = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM trial_use
      WHERE livemode = ${livemode()} AND subject = ANY(${subjects})
        AND tenant_id <> ${ctx.tenantId} AND NOT ${givenBack}`;
    return used.length === 0;
  });
}

/**
 * Takes the one trial that this workspace and this person ever have, for this checkout (hazard 67). False
 * when either has used it, or holds it in another checkout that is not over.
 */
export async function takeTrial(
  ctx: TenantContext,
  intent: CheckoutIntent,
): Promise<boolean> {
  try {
    return await systemDb("take the trial", async (tx) => {
      if (await hadTrial(tx, ctx.tenantId)) return false;
      const subjects = await subjectsOf(tx, ctx);
      const taken = await tx.$executeRaw`
        INSERT INTO trial_use (livemode, subject, tenant_id, intent_id)
        SELECT ${livemode()}, subject, ${ctx.tenantId}, ${intent.id} FROM unnest(${subjects}::text[]) AS subject
        ON CONFLICT (livemode, subject) DO UPDATE
        SET tenant_id = excluded.tenant_id, intent_id = excluded.intent_id, taken_at = now()
        WHERE trial_use.intent_id = excluded.intent_id OR ${givenBack}`;
      if (taken < subjects.length) throw new SomebodyElses();
      return true;
    });
  } catch (error) {
    if (error instanceof SomebodyElses) return false;
    throw error;
  }
}

/** Thrown inside the transaction, so that what was taken of it is given back. */
class SomebodyElses extends Error {
  override name = "SomebodyElses";
}

/** One that began without us counts too: somebody gave it in the Dashboard. */
async function hadTrial(tx: Transaction, tenantId: string): Promise<boolean> {
  const where = { tenantId, livemode: livemode(), trialEnd: { not: null } };
  return (await tx.subscription.count({ where })) > 0;
}

/**
 * The workspace, the person, and the person's mailbox, so that a second account of it has no second trial.
 * Hashed: they are kept when the account is not. In one order, so that simultaneous takers cannot deadlock.
 */
async function subjectsOf(
  tx: Transaction,
  { tenantId, actor }: TenantContext,
): Promise<string[]> {
  const user =
    actor.kind === "user"
      ? await tx.user.findUnique({ where: { id: actor.id } })
      : null;
  return [
    `workspace:${tenantId}`,
    ...(user ? [`person:${user.id}`, `mailbox:${mailbox(user.email)}`] : []),
  ]
    .map((subject) => createHash("sha256").update(subject).digest("hex"))
    .toSorted();
}

/** ada+one@example.com and ada+two@example.com are read by one person. */
function mailbox(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/, "@");
}
