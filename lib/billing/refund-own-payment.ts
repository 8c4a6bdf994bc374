import { moneyBack } from "@/lib/catalog/money-back";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { refundPayment } from "./refund-payment";
import type { RefundWish } from "./refund-request";
import type { RefundObject } from "./refunds";

/**
 * An owner takes back a payment of their own workspace, where the catalogue lets them: within its days and caps.
 * Throws refunds_not_offered, refund_cap_reached and what refundPayment throws.
 */
export async function refundOwnPayment(
  ctx: TenantContext,
  wish: Omit<RefundWish, "reason">,
  requestKey: string | null,
): Promise<RefundObject> {
  if (!moneyBack.selfService) throw new AppError("refunds_not_offered");
  const { paymentId, amount, written } = wish;
  return refundPayment(
    ctx,
    { paymentId, amount, written, reason: "requested_by_customer" },
    { requestKey, selfService: true },
  );
}
