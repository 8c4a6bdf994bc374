import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { disputeState } from "@/lib/catalog/dispute-state";
import type { MailRequest } from "@/lib/emails/payload";
import { raiseAlarm, type AlarmCode } from "@/lib/platform/alarm";
import { noteDecline } from "@/lib/platform/declines";
import { systemDb, type Transaction } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { followCharge } from "./charge";
import { addMails } from "./effect";
import { isNews } from "./news";
import { chargeRow, disputeRow, paymentRow, refundRow } from "./payment-row";
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
  await savePayment(fetched, { ...owner, ticket, cause });
  return owner;
}

/** Stores an answer of Stripe's about a payment that was not tried yet. */
export async function saveNewPayment(
  intent: Stripe.PaymentIntent,
  by: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  await savePayment({ intent, charge: null, refunds: [], disputes: [] }, by);
}

type Alarm = { code: AlarmCode; subject: string };

/** What a person should hear of is told once it is stored, and a charge that is new and was declined is counted. */
async function savePayment(
  { intent, charge, refunds, disputes }: Fetched,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  const key = { tenantId, id: intent.id };
  const row = paymentRow(intent, charge);
  const news = await systemDb("save payment", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: intent.id, tenantId, ticket })))
      return null;
    const before = await tx.payment.findUnique({ where: { tenantId_id: key } });
    await tx.payment.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    if (charge) await saveCharge(tx, key, charge);
    const ctx = { tenantId, ...cause };
    if (before?.status !== row.status) {
      const details = { status: row.status };
      await recordAudit(tx, ctx, "payment.changed", intent.id, details);
    }
    const alarms: (Alarm | null)[] = [];
    for (const refund of refunds)
      alarms.push(await saveRefund(tx, ctx, intent, refund));
    for (const dispute of disputes)
      alarms.push(await saveDispute(tx, ctx, intent.id, dispute));
    const paid = { intent, charge };
    if (!(await followCharge(tx, paid, { tenantId, cause })))
      alarms.push({ code: "charge_not_as_shown", subject: intent.id });
    const isNewCharge = before?.chargeId !== row.chargeId;
    const declined = isNewCharge && charge?.status === "failed";
    return { alarms: alarms.filter((alarm) => alarm !== null), declined };
  });
  for (const { code, subject } of news?.alarms ?? [])
    await raiseAlarm(code, subject);
  if (news?.declined) await noteDecline(tenantId);
}

/** The attempt that this payment's money was last taken by; those before it stay as they were. */
async function saveCharge(
  tx: Transaction,
  { tenantId, id: paymentId }: { tenantId: string; id: string },
  charge: Stripe.Charge,
): Promise<void> {
  const key = { tenantId, id: charge.id };
  const row = { paymentId, ...chargeRow(charge) };
  await tx.charge.upsert({
    where: { tenantId_id: key },
    create: { ...key, ...row },
    update: row,
  });
}

type Context = { tenantId: string } & SyncCause;

async function saveRefund(
  tx: Transaction,
  ctx: Context,
  { id: paymentId, livemode, customer }: Stripe.PaymentIntent,
  refund: Stripe.Refund,
): Promise<Alarm | null> {
  const key = { tenantId: ctx.tenantId, id: refund.id };
  const row = { paymentId, ...refundRow(refund, livemode) };
  const before = await tx.refund.findUnique({ where: { tenantId_id: key } });
  await tx.refund.upsert({
    where: { tenantId_id: key },
    create: { ...key, ...row },
    update: row,
  });
  if (before?.status === row.status) return null;
  const details = { paymentId, status: row.status };
  await recordAudit(tx, ctx, "refund.changed", refund.id, details);
  if (before || isNews(row.createdAt))
    await addMails(tx, ctx.tenantId, refundMails(refund, idOf(customer)));
  // Where the buyer waits for it, somebody has to find another way.
  return row.status === "failed"
    ? { code: "refund_failed", subject: refund.id }
    : null;
}

/** That it is on its way; and, should it fail in the end, that it did not arrive. */
function refundMails(
  { id: refundId, status }: Stripe.Refund,
  customerId: string | null,
): MailRequest[] {
  const about = { cause: refundId, payload: { refundId, customerId } };
  if (status === "succeeded") return [{ kind: "mail.refunded", ...about }];
  if (status === "failed") return [{ kind: "mail.refund_failed", ...about }];
  return [];
}

async function saveDispute(
  tx: Transaction,
  ctx: Context,
  paymentId: string,
  dispute: Stripe.Dispute,
): Promise<Alarm | null> {
  const key = { tenantId: ctx.tenantId, id: dispute.id };
  const row = { paymentId, ...disputeRow(dispute) };
  const before = await tx.dispute.findUnique({ where: { tenantId_id: key } });
  await tx.dispute.upsert({
    where: { tenantId_id: key },
    create: { ...key, ...row },
    update: row,
  });
  if (before?.status === row.status) return null;
  const details = { paymentId, status: row.status };
  await recordAudit(tx, ctx, "dispute.changed", dispute.id, details);
  const state = disputeState(row.status);
  const known = before !== null && disputeState(before.status) === state;
  if (known || state === "over") return null;
  const code = state === "lost" ? "dispute_lost" : "dispute";
  return { code, subject: dispute.id };
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
