import Stripe from "stripe";
import type { AuditAction } from "@/lib/audit/actions";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb, type Prisma, type Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { holdToKey } from "@/lib/platform/idempotency";
import { isUnknownOutcome } from "@/lib/platform/stripe";
import { fromStripe } from "@/lib/platform/stripe-errors";
import type { SubscriptionCommand } from "@/prisma/client/client";

/** Longer than Stripe is ever waited for: whoever is silent for so long is taken for dead. */
const leaseSeconds = 30;

type Command = {
  /** What only one may change at a time: something at Stripe by its id, or "new:" and a product group. */
  subject: string;
  /** Written to the audit log once it is done. */
  kind: AuditAction;
  /** The caller's own name for this very wish. */
  requestKey: string | null;
  /** Everything that was asked, in one string. */
  fingerprint: string;
};

export type Run = {
  /**
   * What Stripe is asked for: computed and kept before it is asked, and given back when the same wish goes on
   * after a failure, so that a key is never sent with two bodies (hazard 48).
   */
  params<Params extends object>(
    prepare: () => Promise<Params>,
  ): Promise<Params>;
  /** The Idempotency-Key of one call of this command. */
  key(step: string): { idempotencyKey: string };
};

/**
 * Does what was asked at most once for its request key: repeated, it answers what it answered then; after an
 * unknown outcome it goes on with the same parameters and keys. One at a time for a subject: throws
 * change_in_progress for others. A refusal frees the key. Throws idempotency_key_missing, idempotency_mismatch,
 * outcome_unknown, subscription_refused (Stripe's own no) and what `act` throws.
 */
export async function runCommand<Answer extends Prisma.InputJsonObject>(
  ctx: TenantContext,
  command: Command,
  act: (run: Run) => Promise<Answer>,
): Promise<Answer> {
  const { kind, requestKey: key, fingerprint, subject } = command;
  if (key === null) throw new AppError("idempotency_key_missing");
  await holdToKey(ctx, { route: kind, key, fingerprint });
  const row = await claim(ctx, { ...command, requestKey: key });
  if (row.answer) return row.answer as Answer; // stored below, by the same kind of command
  try {
    const answer = await act(runOf(ctx, row));
    await tenantDb(ctx, async (tx) => {
      const settled = { answer, closedAt: new Date() };
      if (await close(tx, row, settled))
        await recordAudit(tx, ctx, kind, subject, answer);
    });
    return answer;
  } catch (error) {
    // The same wish, sent twice at once, was carried out by the other.
    const told = await answerOf(ctx, row);
    if (told) return told as Answer;
    const known = inOurWords(error);
    if (known instanceof AppError && known.code !== "outcome_unknown") {
      const refused = { refused: known.code, closedAt: new Date() };
      await tenantDb(ctx, (tx) => close(tx, row, refused));
    }
    throw known;
  }
}

async function claim(
  ctx: TenantContext,
  command: Command & { requestKey: string },
): Promise<SubscriptionCommand> {
  const { tenantId } = ctx;
  const { subject, kind, requestKey } = command;
  return tenantDb(ctx, async (tx) => {
    const mine = () =>
      tx.subscriptionCommand.findFirst({
        where: { tenantId, kind, requestKey, refused: null },
      });
    const before = await mine();
    if (before) return before;
    // Whoever had it is taken for dead; every command looks at Stripe anew before it acts.
    await tx.$executeRaw`
      UPDATE subscription_command SET closed_at = now(), refused = 'abandoned'
      WHERE tenant_id = ${tenantId} AND subject = ${subject} AND closed_at IS NULL AND lease_until < now()`;
    await tx.$executeRaw`
      INSERT INTO subscription_command
        (tenant_id, id, subject, kind, request_key, lease_until, created_by)
      VALUES (${tenantId}, ${crypto.randomUUID()}, ${subject}, ${kind}, ${requestKey},
        now() + make_interval(secs => ${leaseSeconds}), ${ctx.actor.id})
      ON CONFLICT DO NOTHING`;
    const now = await mine();
    if (now) return now;
    throw new AppError("change_in_progress");
  });
}

function runOf(
  ctx: TenantContext,
  { id, params: kept }: SubscriptionCommand,
): Run {
  const { tenantId } = ctx;
  return {
    async params<Params extends object>(prepare: () => Promise<Params>) {
      if (kept) return kept as Params; // written below, by the same kind of command
      const wanted = await prepare().catch(async (error: unknown) => {
        // The same wish, sent twice at once, may have changed what it looked at.
        const theirs = (await load(ctx, id)).params;
        if (!theirs) throw error;
        return theirs as Params;
      });
      const [row] = await tenantDb(
        ctx,
        (tx) => tx.$queryRaw<{ params: Params }[]>`
          UPDATE subscription_command SET params = COALESCE(params, ${JSON.stringify(wanted)}::json)
          WHERE tenant_id = ${tenantId} AND id = ${id} AND closed_at IS NULL
          RETURNING params`,
      );
      // It took so long that another was let in.
      if (!row) throw new AppError("change_in_progress");
      return row.params;
    },
    key: (step) => ({ idempotencyKey: `command:${id}:${step}` }),
  };
}

function load({ tenantId }: TenantContext, id: string) {
  return tenantDb({ tenantId }, (tx) =>
    tx.subscriptionCommand.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id } },
    }),
  );
}

async function answerOf(ctx: TenantContext, { id }: SubscriptionCommand) {
  return (await load(ctx, id)).answer;
}

async function close(
  tx: Transaction,
  { tenantId, id }: SubscriptionCommand,
  data: Prisma.SubscriptionCommandUpdateManyMutationInput,
): Promise<boolean> {
  const { count } = await tx.subscriptionCommand.updateMany({
    where: { tenantId, id, closedAt: null },
    data,
  });
  return count > 0;
}

/** Stripe's answers as errors of ours. What is neither is left as it is: nobody knows what it has done. */
function inOurWords(error: unknown): unknown {
  if (isUnknownOutcome(error))
    return new AppError("outcome_unknown", { cause: error });
  if (error instanceof Stripe.errors.StripeCardError) return fromStripe(error);
  if (error instanceof Stripe.errors.StripeInvalidRequestError)
    return new AppError("subscription_refused", { cause: error });
  return error;
}
