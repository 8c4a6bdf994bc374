import Stripe from "stripe";
import { raiseAlarm } from "@/lib/platform/alarm";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { holdToKey } from "@/lib/platform/idempotency";
import { describeError, log } from "@/lib/platform/log";
import { parseMoney } from "@/lib/platform/money";
import { isUnknownOutcome, stripe } from "@/lib/platform/stripe";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncPayment } from "@/lib/sync/payment";
import { idOf } from "@/lib/sync/reference";
import type { RefundCommand } from "@/prisma/client/client";
import { requirePayment } from "./payment-state";
import { claimUnsettled, findCommand, reserve, settle } from "./refund-command";
import { refundRefusal, wasRefused } from "./refund-refusal";
import type { RefundReason, RefundWish } from "./refund-request";
import { getRefund, type RefundObject } from "./refunds";

/** By which a refund of ours is found again at Stripe. */
const mark = "turnpike_refund";

/**
 * Gives back a payment, or part of it, in minor units: once for its request key, never more than was captured, through
 * a credit note where it paid an invoice (hazard 83). Throws idempotency_key_missing, idempotency_mismatch, not_found,
 * validation, amount_malformed, outcome_unknown (the same wish goes on), what refundRefusal tells and `reserve` throws.
 */
export async function refundPayment(
  ctx: TenantContext,
  wish: RefundWish,
  {
    requestKey,
    selfService,
  }: { requestKey: string | null; selfService: boolean },
): Promise<RefundObject> {
  if (requestKey === null) throw new AppError("idempotency_key_missing");
  const { paymentId, reason, metadata = {} } = wish;
  const { currency } = await requirePayment(ctx, paymentId);
  const amount = amountOf(wish, currency);
  const asked = [paymentId, amount && String(amount), reason, metadata];
  const fingerprint = JSON.stringify([...asked, selfService]);
  await holdToKey(ctx, { route: "refund", key: requestKey, fingerprint });
  const before = await findCommand(ctx, requestKey);
  if (before) return carryOut(ctx, before, { before: true });
  await settleOpen(ctx, paymentId);
  await syncPayment(paymentId, ctx);
  const invoiceId = await invoiceOf(paymentId);
  const command = await reserve(ctx, paymentId, {
    requestKey,
    amount,
    reason,
    invoiceId,
    selfService,
    params: ({ id, amount: reserved }) => {
      const common = {
        metadata: {
          ...metadata,
          tenant_id: ctx.tenantId,
          request_id: ctx.cause,
          [mark]: id,
        },
        amount: Number(reserved),
      };
      return invoiceId
        ? creditNoteParams({ ...common, invoice: invoiceId }, reason)
        : { ...common, payment_intent: paymentId, reason };
    },
  });
  return carryOut(ctx, command, { before: false });
}

/** Minor units; null for all that is left. */
function amountOf(
  { amount, written }: RefundWish,
  currency: string,
): bigint | null {
  if (written === undefined) return amount ?? null;
  if (amount !== undefined)
    throw new AppError("validation", { param: "written" });
  const parsed = parseMoney(written, currency);
  if (!parsed) throw new AppError("amount_malformed", { param: "written" });
  return parsed;
}

/** Stripe has no reason of a credit note for a buyer's wish. */
function creditNoteParams(
  common: { amount: number; invoice: string; metadata: Record<string, string> },
  reason: RefundReason,
) {
  return {
    ...common,
    refund_amount: common.amount,
    ...(reason !== "requested_by_customer" && { reason }),
  };
}

/**
 * Brings to an end every refund of which nobody has learnt whether it happened. Repeatable; says how many are left
 * unknown.
 */
export async function settleRefunds(deadline: Date): Promise<number> {
  let unknown = 0;
  while (new Date() < deadline) {
    const command = await claimUnsettled(null, 300);
    if (!command) break;
    const { tenantId, id } = command;
    const actor = { kind: "job", id: "refunds" } as const;
    const ctx = { tenantId, actor, cause: `refund:${id}` };
    try {
      await carryOut(ctx, command, { before: true });
    } catch (error) {
      if (wasRefused(error)) continue;
      unknown += 1;
      const words = { tenantId, refundCommandId: id };
      log().error({ ...words, error: describeError(error) }, "refund unknown");
      await raiseAlarm("refund_unknown", id);
    }
  }
  return unknown;
}

/** One of this payment's whose caller is gone: what it did counts before more is given back. */
async function settleOpen(
  ctx: TenantContext,
  paymentId: string,
): Promise<void> {
  const { tenantId } = ctx;
  const open = await claimUnsettled({ tenantId, paymentId }, 30);
  if (!open) return;
  try {
    await carryOut(ctx, open, { before: true });
  } catch (error) {
    if (!wasRefused(error)) throw error; // unknown still: nothing else may be given back of it
  }
}

/** Asks Stripe, stores what came of it, and answers with that. `before`: it may have been asked already. */
async function carryOut(
  ctx: TenantContext,
  command: RefundCommand,
  { before }: { before: boolean },
): Promise<RefundObject> {
  if (command.refundId) return getRefund(ctx, command.refundId);
  try {
    const made =
      (before && (await findMade(command))) || (await ask(ctx, command));
    await syncPayment(command.paymentId, ctx);
    if (command.invoiceId) await syncInvoice(command.invoiceId, ctx);
    await settle(ctx, command, made);
    return await getRefund(ctx, made.refundId);
  } catch (error) {
    // A no to anything but the refund itself says nothing about that.
    const elsewhere = error instanceof Stripe.errors.StripeInvalidRequestError;
    if (elsewhere || isUnknownOutcome(error))
      throw new AppError("outcome_unknown", { cause: error });
    throw error;
  }
}

type Made = { refundId: string; creditNoteId: string | null };

/** Throws Stripe's own no, once it is stored: nothing was given back, whatever the reason. */
async function ask(ctx: TenantContext, command: RefundCommand): Promise<Made> {
  try {
    return await create(command);
  } catch (error) {
    const refusal = refundRefusal(error);
    if (!refusal) throw error;
    await settle(ctx, command, { refused: refusal.code });
    throw refusal;
  }
}

async function create(command: RefundCommand): Promise<Made> {
  const key = { idempotencyKey: `refund:${command.id}` };
  if (!command.invoiceId) {
    const params = command.params as Stripe.RefundCreateParams; // written above
    const { id } = await stripe().refunds.create(params, key);
    return { refundId: id, creditNoteId: null };
  }
  const params = command.params as unknown as Stripe.CreditNoteCreateParams;
  return ofNote(await stripe().creditNotes.create(params, key));
}

/** What this command has made at Stripe, by its metadata: a key is forgotten after a day, this is not. */
async function findMade(command: RefundCommand): Promise<Made | null> {
  const { id, paymentId, invoiceId } = command;
  const isOurs = ({ metadata }: { metadata: Stripe.Metadata | null }) =>
    metadata?.[mark] === id;
  if (invoiceId) {
    const notes = stripe().creditNotes.list({ invoice: invoiceId, limit: 100 });
    for await (const note of notes) if (isOurs(note)) return ofNote(note);
    return null;
  }
  const refunds = stripe().refunds.list({
    payment_intent: paymentId,
    limit: 100,
  });
  for await (const refund of refunds)
    if (isOurs(refund)) return { refundId: refund.id, creditNoteId: null };
  return null;
}

function ofNote({ id, refunds }: Stripe.CreditNote): Made {
  const refundId = idOf(refunds[0]?.refund);
  if (!refundId) throw new Error(`${id} gave nothing back`);
  return { refundId, creditNoteId: id };
}

/** What the payment paid: the link leads from the invoice's own payments only (hazard 84). */
async function invoiceOf(paymentId: string): Promise<string | null> {
  const { data } = await stripe().invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: paymentId },
    limit: 1,
  });
  return idOf(data[0]?.invoice);
}
