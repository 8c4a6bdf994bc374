import { z } from "zod";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";
import { line, rowId } from "@/lib/platform/text";
import type { Refund, RefundCommand } from "@/prisma/client/client";

/** Of GET /api/refunds: of one payment or of all. */
export const refundListRequest = listQuery.extend({
  paymentId: line(255).optional(),
});

export const refundPath = z.strictObject({
  tenantId: rowId.optional(),
  refundId: line(255),
});

/** Amounts as text: minor units may be larger than JSON's numbers. */
export type RefundObject = ReturnType<typeof toObject>;

/** A page of what was given back of the tenant's payments, newest first, from our own rows. */
export async function listRefunds(
  { tenantId }: { tenantId: string },
  {
    paymentId,
    before,
    limit,
  }: Omit<z.output<typeof refundListRequest>, "tenantId">,
): Promise<{ data: RefundObject[]; older: string | null }> {
  return tenantDb({ tenantId }, async (tx) => {
    const rows = await tx.refund.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        ...(paymentId && { paymentId }),
        ...beyond(before),
      },
      orderBy: newestFirst,
      take: limit + 1,
    });
    const { page, older } = pageOf(rows, limit);
    return { data: await withCommands(tx, tenantId, page), older };
  });
}

/** One of the tenant's own. Throws not_found. */
export async function getRefund(
  { tenantId }: { tenantId: string },
  id: string,
): Promise<RefundObject> {
  const found = await tenantDb({ tenantId }, async (tx) => {
    const rows = await tx.refund.findMany({
      where: { tenantId, id, livemode: livemode() },
    });
    return withCommands(tx, tenantId, rows);
  });
  const [refund] = found;
  if (!refund) throw new AppError("not_found");
  return refund;
}

async function withCommands(
  tx: Transaction,
  tenantId: string,
  rows: readonly Refund[],
): Promise<RefundObject[]> {
  const commands = await tx.refundCommand.findMany({
    where: { tenantId, refundId: { in: rows.map(({ id }) => id) } },
  });
  const byRefund = new Map(commands.map((one) => [one.refundId, one]));
  return rows.map((row) => toObject(row, byRefund.get(row.id) ?? null));
}

/** Through a credit note Stripe keeps no reason: ours knows it. */
function toObject(row: Refund, command: RefundCommand | null) {
  return {
    id: row.id,
    paymentId: row.paymentId,
    amount: String(row.amount),
    currency: row.currency,
    status: row.status,
    reason: row.reason ?? command?.reason ?? null,
    failureReason: row.failureReason,
    invoiceId: command?.invoiceId ?? null,
    creditNoteId: command?.creditNoteId ?? null,
    createdAt: row.createdAt,
  };
}
