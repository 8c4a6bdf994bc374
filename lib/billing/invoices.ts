import { z } from "zod";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
} from "@/lib/platform/newest-first";
import { line } from "@/lib/platform/text";
import type { Invoice } from "@/prisma/client/client";

const finalized = ["open", "paid", "void", "uncollectible"] as const;

/** Of GET /api/invoices: in one state, or all that were ever finalized. */
export const invoiceListRequest = listQuery.extend({
  status: z.enum([...finalized, "all"]).default("all"),
});

export const invoicePath = z.strictObject({ invoiceId: line(255) });

/** A page of the tenant's invoices, newest first, from our own rows. Drafts are not among them. */
export async function listInvoices(
  { tenantId }: { tenantId: string },
  {
    status,
    before,
    limit,
  }: Omit<z.output<typeof invoiceListRequest>, "tenantId">,
) {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.invoice.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        status: status === "all" ? { in: [...finalized] } : status,
        ...beyond(before),
      },
      orderBy: newestFirst,
      take: limit + 1,
    }),
  );
  const { page, older } = pageOf(rows, limit);
  return { data: page.map(toObject), older };
}

/** One of the tenant's own. Throws not_found, for a draft too. */
export async function getInvoice(
  { tenantId }: { tenantId: string },
  id: string,
) {
  const row = await tenantDb({ tenantId }, (tx) =>
    tx.invoice.findFirst({
      where: {
        tenantId,
        id,
        livemode: livemode(),
        status: { in: [...finalized] },
      },
    }),
  );
  if (!row) throw new AppError("not_found");
  return toObject(row);
}

function toObject(row: Invoice) {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    reason: row.billingReason,
    customerId: row.customerId,
    subscriptionId: row.subscriptionId,
    currency: row.currency,
    total: String(row.total),
    amountDue: String(row.amountDue),
    amountPaid: String(row.amountPaid),
    attemptCount: row.attemptCount,
    actionRequired: row.actionRequired,
    nextAttemptAt: row.nextAttemptAt,
    hostedInvoiceUrl: row.hostedInvoiceUrl,
    invoicePdf: row.invoicePdf,
    createdAt: row.createdAt,
  };
}
