import { setTimeout as pause } from "node:timers/promises";
import { recordAudit } from "@/lib/audit/record";
import { isClaimed } from "@/lib/catalog/dispute-state";
import { moneyBack } from "@/lib/catalog/money-back";
import type { TenantContext } from "@/lib/platform/context";
import { Prisma, systemDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import type { Dispute, Payment, RefundCommand } from "@/prisma/client/client";
import { checkCap } from "./refund-cap";
import { checkSelfService } from "./self-service-refunds";

/** Longer than Stripe is ever waited for: whoever is silent for so long is taken for dead. */
const leaseSeconds = 30;

type Reservation = {
  requestKey: string;
  /** Minor units; null for all that is left. */
  amount: bigint | null;
  reason: string;
  invoiceId: string | null;
  selfService: boolean;
  /** What Stripe will be asked for, exactly. */
  params(command: { id: string; amount: bigint }): Prisma.InputJsonObject;
};

/** The command that this request key has begun before, unless it was refused. */
export async function findCommand(
  { tenantId }: TenantContext,
  requestKey: string,
): Promise<RefundCommand | null> {
  return systemDb("a refund that was asked for", (tx) =>
    tx.refundCommand.findFirst({
      where: { tenantId, requestKey, refused: null },
    }),
  );
}

/**
 * Takes the amount from what is left of the payment before Stripe is asked, one after the other; the database itself
 * refuses more than was captured. Throws not_found, payment_not_refundable, payment_disputed, already_refunded,
 * exceeds_refundable, refund_in_progress, refund_cap_reached and refunds_not_offered.
 */
export async function reserve(
  ctx: TenantContext,
  paymentId: string,
  wish: Reservation,
): Promise<RefundCommand> {
  for (let tries = 0; tries < 5; tries += 1) {
    const command = await tryToReserve(ctx, paymentId, wish);
    if (command) return command;
    await pause(200); // without a connection in hand: many may wait
  }
  throw new AppError("refund_in_progress");
}

/** Null while another refund of this workspace is being reserved. */
async function tryToReserve(
  ctx: TenantContext,
  paymentId: string,
  wish: Reservation,
): Promise<RefundCommand | null> {
  const { tenantId } = ctx;
  const key = { tenantId, requestKey: wish.requestKey };
  return systemDb("reserve a refund", async (tx) => {
    const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${`refund:${tenantId}`}, 0)) AS mine`;
    if (!lock?.mine) return null;
    const [locked] = await tx.$queryRaw<{ leaseUntil: Date }[]>`
      SELECT now() + make_interval(secs => ${leaseSeconds}) AS "leaseUntil" FROM payment
      WHERE tenant_id = ${tenantId} AND id = ${paymentId} AND livemode = ${livemode()} FOR UPDATE`;
    if (!locked) throw new AppError("not_found");
    const mine = { ...key, refused: null };
    const before = await tx.refundCommand.findFirst({ where: mine });
    if (before) return before; // the same wish, sent twice at once
    const paid = await tx.payment.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: paymentId } },
      include: { disputes: true },
    });
    const amount = await checkLeft(tx, paid, wish.amount);
    // So that one stolen session cannot give everything away.
    const { perDay: caps } = moneyBack;
    await checkCap(tx, paid, { amount, caps, days: 1, ofSelfService: false });
    if (wish.selfService) await checkSelfService(tx, paid, amount);
    const id = crypto.randomUUID();
    return tx.refundCommand.create({
      data: {
        ...key,
        id,
        paymentId,
        amount,
        currency: paid.currency,
        reason: wish.reason,
        invoiceId: wish.invoiceId,
        params: wish.params({ id, amount }),
        selfService: wish.selfService,
        leaseUntil: locked.leaseUntil,
        createdBy: ctx.actor.id,
      },
    });
  });
}

async function checkLeft(
  tx: Transaction,
  paid: Payment & { disputes: Dispute[] },
  wanted: bigint | null,
): Promise<bigint> {
  const { tenantId, id: paymentId } = paid;
  if (paid.amountCaptured === 0n) throw new AppError("payment_not_refundable");
  // An inquiry may be ended by a refund; what the bank has taken cannot be given back as well.
  if (paid.disputes.some(({ status }) => isClaimed(status)))
    throw new AppError("payment_disputed");
  const left = paid.amountCaptured - paid.amountRefunded;
  if (left === 0n) throw new AppError("already_refunded");
  const open = await tx.refundCommand.count({
    where: { tenantId, paymentId, closedAt: null },
  });
  if (open > 0) throw new AppError("refund_in_progress");
  const amount = wanted ?? left;
  if (amount > left)
    throw new AppError("exceeds_refundable", { param: "amount" });
  return amount;
}

type Settled =
  | { refundId: string; creditNoteId: string | null }
  /** Nothing was given back: its request key is free again. */
  | { refused: string };

/** Written once, with its audit row; whoever comes second changes nothing. */
export async function settle(
  ctx: TenantContext,
  command: RefundCommand,
  settled: Settled,
): Promise<void> {
  const { tenantId, id, paymentId, amount, currency } = command;
  await systemDb("a refund was answered", async (tx) => {
    const { count } = await tx.refundCommand.updateMany({
      where: { tenantId, id, closedAt: null },
      data: { ...settled, closedAt: new Date() },
    });
    if (count === 0) return;
    const action = "refused" in settled ? "refund.refused" : "refund.asked";
    await recordAudit(tx, ctx, action, paymentId, {
      amount: String(amount),
      currency,
      ...settled,
    });
  });
}

/** One of this mode whose outcome nobody has learnt, taken for `seconds` so that nobody else asks for it meanwhile. */
export async function claimUnsettled(
  among: { tenantId: string; paymentId: string } | null,
  seconds: number,
): Promise<RefundCommand | null> {
  const only = among
    ? Prisma.sql`AND payment.tenant_id = ${among.tenantId} AND payment.id = ${among.paymentId}`
    : Prisma.empty;
  return systemDb("refunds without an outcome", async (tx) => {
    const [found] = await tx.$queryRaw<{ tenant_id: string; id: string }[]>`
      UPDATE refund_command SET lease_until = now() + make_interval(secs => ${seconds})
      WHERE (tenant_id, id) = (
        SELECT command.tenant_id, command.id FROM refund_command AS command
        JOIN payment ON payment.tenant_id = command.tenant_id AND payment.id = command.payment_id
        WHERE closed_at IS NULL AND lease_until < now() AND livemode = ${livemode()} ${only}
        ORDER BY lease_until LIMIT 1 FOR UPDATE OF command SKIP LOCKED)
      RETURNING tenant_id, id`;
    if (!found) return null;
    const { tenant_id: tenantId, id } = found;
    return tx.refundCommand.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id } },
    });
  });
}
