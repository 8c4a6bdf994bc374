import { log } from "@/lib/platform/log";
import type { PaidOrder } from "./on-purchase-paid";

/**
 * Yours: take back what `onPurchasePaid` handed over, because all of its money is gone again: refunded, or lost in a
 * dispute (lib/catalog/money-back.ts says when). Runs once for each order, after it was handed over; if it throws it
 * runs again later, so make its steps safe to repeat.
 */
export async function onPurchaseTakenBack(order: PaidOrder): Promise<void> {
  log().info(
    { tenantId: order.tenantId, orderId: order.orderId },
    "purchase taken back",
  );
}
