import { z } from "zod";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import { cardError } from "@/lib/platform/stripe-errors";
import { readCard, type Card } from "@/lib/sync/card";
import type { Payment } from "@/prisma/client/client";
import { requirePayment } from "./payment-state";

/** The query of GET /api/payment-intents. */
export const paymentsRequest = z.strictObject({
  tenantId: line(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** The last one of the page before. */
  startingAfter: line(255).optional(),
});

export type PaymentView = {
  id: string;
  status: string;
  /** Minor units. */
  amount: number;
  amountCaptured: number;
  amountRefunded: number;
  currency: string;
  description: string | null;
  card: Card | null;
  /** Why the last try failed; null when it did not. */
  failure: { code: string; declineCode: string | null; message: string } | null;
  receiptUrl: string | null;
  createdAt: Date;
};

/** The tenant's payments, whatever has made them, newest first, from our own rows. Never a client secret. */
export async function listPayments(
  { tenantId }: { tenantId: string },
  {
    limit,
    startingAfter: last,
  }: Omit<z.output<typeof paymentsRequest>, "tenantId">,
): Promise<{ payments: PaymentView[]; hasMore: boolean }> {
  return tenantDb({ tenantId }, async (tx) => {
    const where = { tenantId, livemode: livemode() };
    const after = last
      ? await tx.payment.findFirst({ where: { ...where, id: last } })
      : null;
    if (last && !after)
      throw new AppError("validation", { param: "startingAfter" });
    const rows = await tx.payment.findMany({
      where: {
        ...where,
        ...(after && {
          OR: [
            { createdAt: { lt: after.createdAt } },
            { createdAt: after.createdAt, id: { lt: after.id } },
          ],
        }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    });
    const payments = rows.slice(0, limit).map(paymentView);
    return { payments, hasMore: rows.length > limit };
  });
}

/** One of them. Throws not_found. */
export async function getPayment(
  ctx: { tenantId: string },
  id: string,
): Promise<PaymentView> {
  return paymentView(await requirePayment(ctx, id));
}

export function paymentView(row: Payment): PaymentView {
  return {
    id: row.id,
    status: row.status,
    amount: Number(row.amount),
    amountCaptured: Number(row.amountCaptured),
    amountRefunded: Number(row.amountRefunded),
    currency: row.currency,
    description: row.description,
    card: readCard(row.card),
    failure: failureOf(row),
    receiptUrl: row.receiptUrl,
    createdAt: row.createdAt,
  };
}

function failureOf(row: Payment): PaymentView["failure"] {
  const { failureCode: code, declineCode, status } = row;
  if (!code || status === "succeeded") return null;
  const { code: ours, members, message } = cardError({ code, declineCode });
  return { code: ours, declineCode: members["decline_code"] ?? null, message };
}
