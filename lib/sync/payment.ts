import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { raiseAlarm } from "@/lib/platform/alarm";
import { systemDb, type Transaction } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { addMails } from "./effect";
import { isNews } from "./news";
import { disputeRow, paymentRow, refundRow } from "./payment-row";
import { takeReadTicket } from "./read-budget";
import { idOf } from "./reference";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { claimNewest } from "./ticket";

type Fetched = {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge | null;
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
};

/**
 * Fetches a Payment Intent with the refunds and disputes of its charge, and stores what Stripe says: any
 * event about one of them ends here, since each changes the others (hazard 82). Repeatable.
 */
export async function syncPayment(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const fetched = await fetchPayment(id);
  if (!fetched) return { ignored: "gone" };
  const owner = await resolveOwner(fetched.intent, cause);
  if ("ignored" in owner) return owner;
  const opened = await savePayment(fetched, { ...owner, ticket, cause });
  for (const disputeId of opened) await raiseAlarm("dispute", disputeId);
  return owner;
}

/** Returns the disputes that were not known before. */
async function savePayment(
  { intent, charge, refunds, disputes }: Fetched,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<string[]> {
  const key = { tenantId, id: intent.id };
  const row = paymentRow(intent, charge);
  return systemDb("save payment", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: intent.id, tenantId, ticket })))
      return [];
    const before = await tx.payment.findUnique({ where: { tenantId_id: key } });
    await tx.payment.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    const ctx = { tenantId, ...cause };
    if (before?.status !== row.status) {
      const details = { status: row.status };
      await recordAudit(tx, ctx, "payment.changed", intent.id, details);
    }
    for (const refund of refunds) await saveRefund(tx, ctx, intent, refund);
    const opened = [];
    for (const dispute of disputes) {
      if (await saveDispute(tx, ctx, intent.id, dispute))
        opened.push(dispute.id);
    }
    return opened;
  });
}

type Context = { tenantId: string } & SyncCause;

async function saveRefund(
  tx: Transaction,
  ctx: Context,
  { id: paymentId, livemode, customer }: Stripe.PaymentIntent,
  refund: Stripe.Refund,
): Promise<void> {
  const key = { tenantId: ctx.tenantId, id: refund.id };
  const row = { paymentId, ...refundRow(refund, livemode) };
  const before = await tx.refund.findUnique({ where: { tenantId_id: key } });
  await tx.refund.upsert({
    where: { tenantId_id: key },
    create: { ...key, ...row },
    update: row,
  });
  if (before?.status === row.status) return;
  const details = { paymentId, status: row.status };
  await recordAudit(tx, ctx, "refund.changed", refund.id, details);
  if (row.status !== "succeeded" || !(before ?? isNews(row.createdAt))) return;
  const payload = { refundId: refund.id, customerId: idOf(customer) };
  await addMails(tx, ctx.tenantId, [
    { kind: "mail.refunded", cause: refund.id, payload },
  ]);
}

/** Says whether it is new to us. */
async function saveDispute(
  tx: Transaction,
  ctx: Context,
  paymentId: string,
  dispute: Stripe.Dispute,
): Promise<boolean> {
  const key = { tenantId: ctx.tenantId, id: dispute.id };
  const row = { paymentId, ...disputeRow(dispute) };
  const before = await tx.dispute.findUnique({ where: { tenantId_id: key } });
  await tx.dispute.upsert({
    where: { tenantId_id: key },
    create: { ...key, ...row },
    update: row,
  });
  if (before?.status !== row.status) {
    const details = { paymentId, status: row.status };
    await recordAudit(tx, ctx, "dispute.changed", dispute.id, details);
  }
  return before === null;
}

async function fetchPayment(id: string): Promise<Fetched | null> {
  try {
    const intent = await stripe().paymentIntents.retrieve(id, {
      expand: ["latest_charge.refunds"],
    });
    const charge =
      typeof intent.latest_charge === "object" ? intent.latest_charge : null;
    const refunds = await allRefunds(charge);
    const disputes = charge?.disputed
      ? await stripe()
          .disputes.list({ payment_intent: id, limit: 100 })
          .autoPagingToArray({ limit: 1000 })
      : [];
    return { intent, charge, refunds, disputes };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Embedded lists stop at ten (hazard 15). */
async function allRefunds(
  charge: Stripe.Charge | null,
): Promise<Stripe.Refund[]> {
  if (!charge?.refunds?.has_more) return charge?.refunds?.data ?? [];
  return stripe()
    .refunds.list({ charge: charge.id, limit: 100 })
    .autoPagingToArray({ limit: 1000 });
}
