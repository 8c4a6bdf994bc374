import type { Transaction } from "@/lib/platform/db";
import type { Mail } from "@/lib/platform/mail";
import type { About } from "./parts/about";
import type { MailPayload } from "./payload";
import { refundFailed } from "./refund-failed";
import { refunded } from "./refunded";

/** Null for one that has failed since: that has its own mail. */
export async function refundMail(
  tx: Transaction,
  tenantId: string,
  given: MailPayload<"mail.refunded">,
  about: About,
): Promise<Mail | null> {
  const { status, refund, payment } = await getRefund(tx, tenantId, given);
  return status === "succeeded" ? refunded(about, { refund, payment }) : null;
}

/** It stays failed: there is no way back. */
export async function failedRefundMail(
  tx: Transaction,
  tenantId: string,
  given: MailPayload<"mail.refund_failed">,
  about: About,
): Promise<Mail> {
  return refundFailed(about, await getRefund(tx, tenantId, given));
}

async function getRefund(
  tx: Transaction,
  tenantId: string,
  { refundId: id }: { refundId: string },
) {
  const { amount, currency, payment, ...row } =
    await tx.refund.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id } },
      include: { payment: true },
    });
  return {
    status: row.status,
    reason: row.failureReason,
    askedAt: row.createdAt,
    refund: { amount, currency },
    payment: { amount: payment.amountCaptured, at: payment.createdAt },
  };
}
