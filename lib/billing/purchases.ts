import { z } from "zod";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
  type ListQuery,
} from "@/lib/platform/newest-first";
import { rowId } from "@/lib/platform/text";
import type { OrderLine } from "@/lib/sync/put-order";
import type { Order } from "@/prisma/client/client";

/** Of GET /api/purchases. */
export const purchaseListRequest = listQuery;

export const purchasePath = z.strictObject({
  tenantId: rowId.optional(),
  purchaseId: rowId,
});

/** A page of what the tenant bought once, newest first, whatever has become of the payment. */
export async function listPurchases(
  { tenantId }: { tenantId: string },
  { before, limit }: ListQuery,
) {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.order.findMany({
      where: {
        tenantId,
        AND: [inThisMode(), beyond(before)],
      },
      orderBy: newestFirst,
      take: limit + 1,
    }),
  );
  const { page, older } = pageOf(rows, limit);
  return { data: page.map(toObject), older };
}

/** One of the tenant's own. Throws not_found. */
export async function getPurchase(
  { tenantId }: { tenantId: string },
  id: string,
) {
  const row = await tenantDb({ tenantId }, (tx) =>
    tx.order.findFirst({
      where: { tenantId, id, ...inThisMode() },
    }),
  );
  if (!row) throw new AppError("not_found");
  return toObject(row);
}

/** What has paid it knows. */
export function inThisMode() {
  const mode = { livemode: livemode() };
  return { OR: [{ session: mode }, { charge: mode }] };
}

function toObject(row: Order) {
  const lines = row.lines as OrderLine[]; // putOrder wrote them
  return {
    id: row.id,
    status: row.status,
    checkoutSessionId: row.checkoutSessionId,
    description: row.description,
    lines: lines.map((one) => ({ ...one, amount: String(one.amount) })),
    currency: row.currency,
    amountTotal: String(row.amountTotal),
    paymentIntentId: row.paymentIntentId,
    receiptUrl: row.receiptUrl,
    paidAt: row.paidAt,
    createdAt: row.createdAt,
  };
}
