import { log } from "@/lib/platform/log";

export type PaidOrder = {
  tenantId: string;
  orderId: string;
  /** Empty for what staff have asked for: then only the description says what it is. */
  lines: { productId: string; quantity: number }[];
  description: string | null;
  /** The same on every attempt: give it to what you call, so that a repeated attempt does nothing twice. */
  idempotencyKey: string;
};

/**
 * Yours: hand over what was bought once, such as credits, a licence, a ticket. Runs once for each paid
 * order; if it throws it runs again later, so make its steps safe to repeat.
 */
export async function onPurchasePaid(order: PaidOrder): Promise<void> {
  log().info(
    { tenantId: order.tenantId, orderId: order.orderId },
    "purchase paid",
  );
}
