import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
  type ListQuery,
} from "@/lib/platform/newest-first";
import { cardError } from "@/lib/platform/stripe-errors";
import { readCard } from "@/lib/sync/card";
import type { Payment } from "@/prisma/client/client";
import { requirePayment } from "./payment-state";

/** Of GET /api/payment-intents. */
export const paymentListRequest = listQuery;

/** A page of the tenant's payments, whatever has made them, newest first. Never a client secret. */
export async function listPayments(
  { tenantId }: { tenantId: string },
  { before, limit }: ListQuery,
) {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.payment.findMany({
      where: { tenantId, livemode: livemode(), ...beyond(before) },
      orderBy: newestFirst,
      take: limit + 1,
    }),
  );
  const { page, older } = pageOf(rows, limit);
  return { data: page.map(toObject), older };
}

/** One of the tenant's own. Throws not_found. */
export async function getPayment(ctx: { tenantId: string }, id: string) {
  return toObject(await requirePayment(ctx, id));
}

function toObject(row: Payment) {
  return {
    id: row.id,
    status: row.status,
    currency: row.currency,
    amount: String(row.amount),
    amountCaptured: String(row.amountCaptured),
    amountRefunded: String(row.amountRefunded),
    description: row.description,
    card: readCard(row.card),
    failure: failureOf(row),
    receiptUrl: row.receiptUrl,
    createdAt: row.createdAt,
  };
}

/** Why the last try failed, in our words; null when it did not. */
export function failureOf({
  failureCode,
  declineCode,
  status,
}: Pick<Payment, "failureCode" | "declineCode" | "status">) {
  if (!failureCode || status === "succeeded") return null;
  const { code, members, message } = cardError({
    code: failureCode,
    declineCode,
  });
  return { code, declineCode: members["decline_code"] ?? null, message };
}
