import type Stripe from "stripe";
import type { Prisma } from "@/lib/platform/db";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { toCardColumn } from "./card";
import { idOf } from "./reference";

type Row<Input> = Omit<Input, "tenantId" | "id">;

export function paymentRow(
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge | null,
) {
  const error = intent.last_payment_error;
  return {
    customerId: idOf(intent.customer) ?? "",
    livemode: intent.livemode,
    status: intent.status,
    currency: intent.currency,
    amount: BigInt(intent.amount),
    amountCaptured: BigInt(charge?.amount_captured ?? 0),
    amountRefunded: BigInt(charge?.amount_refunded ?? 0),
    chargeId: charge?.id ?? null,
    card: toCardColumn(charge?.payment_method_details),
    failureCode: error?.code ?? null,
    declineCode: error?.decline_code ?? null,
    disputed: charge?.disputed ?? false,
    description: intent.description,
    receiptUrl: charge?.receipt_url ?? null,
    createdAt: fromUnix(intent.created),
  } satisfies Row<Prisma.PaymentUncheckedCreateInput>;
}

export function chargeRow(charge: Stripe.Charge) {
  const failed = charge.status === "failed";
  return {
    livemode: charge.livemode,
    status: charge.status,
    currency: charge.currency,
    amountCaptured: BigInt(charge.amount_captured),
    failureCode: charge.failure_code,
    declineCode: failed ? (charge.outcome?.reason ?? null) : null,
    createdAt: fromUnix(charge.created),
  };
}

export function refundRow(refund: Stripe.Refund, livemode: boolean) {
  return {
    livemode,
    status: refund.status,
    currency: refund.currency,
    amount: BigInt(refund.amount),
    reason: refund.reason,
    failureReason: refund.failure_reason ?? null,
    createdAt: fromUnix(refund.created),
  };
}

export function disputeRow(dispute: Stripe.Dispute) {
  return {
    livemode: dispute.livemode,
    status: dispute.status,
    currency: dispute.currency,
    amount: BigInt(dispute.amount),
    reason: dispute.reason,
    evidenceDueBy: fromUnixOrNull(dispute.evidence_details.due_by),
    createdAt: fromUnix(dispute.created),
  };
}
