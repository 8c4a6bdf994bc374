import {
  disputeState,
  isClaimed,
  type DisputeState,
} from "@/lib/catalog/dispute-state";
import type { Money } from "@/lib/platform/money";
import { readCard, type Card } from "@/lib/sync/card";
import type { Dispute, Payment } from "@/prisma/client/client";
import { selfServiceUntil } from "./self-service-refunds";

export type DisputeView = {
  id: string;
  state: DisputeState;
  /** Stripe's word for it. */
  status: string;
  reason: string;
  amount: Money;
  /** Until when evidence can be sent; null where none is asked for. */
  evidenceDueBy: Date | null;
  at: Date;
};

export type PaymentView = {
  id: string;
  at: Date;
  status: string;
  description: string | null;
  card: Card | null;
  receiptUrl: string | null;
  /** What it was to bring, what it brought, what went back of that, and what can still be given back. */
  amount: Money;
  captured: Money;
  refunded: Money;
  left: Money;
  /** What a bank has taken, for now or for good. */
  claimed: Money;
  disputes: DisputeView[];
  /** Until when an owner may take it back without asking; null where they may not. */
  takeBackUntil: Date | null;
};

/** A payment as people see it. Nothing is left to refund of what a bank claims back. */
export function paymentView(
  row: Payment & { disputes: Dispute[] },
  now = new Date(),
): PaymentView {
  const { currency, amountCaptured, amountRefunded } = row;
  const money = (amount: bigint): Money => ({ amount, currency });
  const disputes = row.disputes.map(disputeView);
  const claimed = disputes.filter(({ status }) => isClaimed(status));
  const left = claimed.length > 0 ? 0n : amountCaptured - amountRefunded;
  return {
    id: row.id,
    at: row.createdAt,
    status: row.status,
    description: row.description,
    card: readCard(row.card),
    receiptUrl: row.receiptUrl,
    amount: money(row.amount),
    captured: money(amountCaptured),
    refunded: money(amountRefunded),
    left: money(left),
    claimed: money(claimed.reduce((sum, one) => sum + one.amount.amount, 0n)),
    disputes,
    takeBackUntil: left > 0n ? selfServiceUntil(row, now) : null,
  };
}

export function disputeView(row: Dispute): DisputeView {
  return {
    id: row.id,
    state: disputeState(row.status),
    status: row.status,
    reason: row.reason,
    amount: { amount: row.amount, currency: row.currency },
    evidenceDueBy: row.evidenceDueBy,
    at: row.createdAt,
  };
}
