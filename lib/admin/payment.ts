import { paymentView, type PaymentView } from "@/lib/billing/payment-view";
import { listRefunds, type RefundObject } from "@/lib/billing/refunds";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { dashboardUrl } from "@/lib/platform/stripe";
import { rowId } from "@/lib/platform/text";
import { readFraudWarning, type FraudWarning } from "@/lib/sync/fraud-warning";

export type PaymentDetail = {
  tenant: { id: string; name: string };
  payment: PaymentView;
  refunds: RefundObject[];
  /** Asked for, and nobody knows yet whether it happened. */
  unsettled: { id: string; amount: bigint; at: Date }[];
  fraudWarning: FraudWarning | null;
  /** What it paid; null for a payment of its own. */
  invoice: { id: string; number: string | null; url: string | null } | null;
  /** Its place in Stripe's Dashboard. */
  url: string;
};

/** Everything that staff see of one payment, from our own rows; null where this workspace has none of that id. */
export async function getPaymentDetail(
  tenantId: string,
  id: string,
): Promise<PaymentDetail | null> {
  if (!rowId.safeParse(tenantId).success || !rowId.safeParse(id).success)
    return null;
  const found = await systemDb("a payment for staff", async (tx) => {
    const row = await tx.payment.findFirst({
      relationLoadStrategy: "join",
      where: { tenantId, id, livemode: livemode() },
      include: {
        tenant: { select: { id: true, name: true } },
        disputes: { orderBy: { createdAt: "desc" } },
        refundCommands: { where: { closedAt: null } },
      },
    });
    const invoice = await tx.invoice.findFirst({
      where: { tenantId, paymentIds: { has: id } },
    });
    return { row, invoice };
  });
  const { row, invoice } = found;
  if (!row) return null;
  const { data: refunds } = await listRefunds(
    { tenantId },
    { paymentId: id, limit: 100 },
  );
  return {
    tenant: row.tenant,
    payment: paymentView(row),
    refunds,
    unsettled: row.refundCommands.map((one) => ({
      id: one.id,
      amount: one.amount,
      at: one.createdAt,
    })),
    fraudWarning: readFraudWarning(row.fraudWarning),
    invoice: invoice && {
      id: invoice.id,
      number: invoice.number,
      url: invoice.hostedInvoiceUrl,
    },
    url: dashboardUrl(`/payments/${id}`),
  };
}
