import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { endPayment } from "./cancel-payment";

/**
 * Calls off every payment that was begun and not paid: of one price, or all of them. One whose money is on its way
 * is left alone. Whoever is beginning one at this moment finds its row closed. Repeatable.
 */
export async function retirePayments(
  ctx: TenantContext,
  { priceKey }: { priceKey?: string } = {},
): Promise<void> {
  const where = {
    tenantId: ctx.tenantId,
    livemode: livemode(),
    closedAt: null,
    ...(priceKey !== undefined && { priceKeys: { has: priceKey } }),
  };
  const open = await tenantDb(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM tenant WHERE id = ${ctx.tenantId} FOR UPDATE`;
    await tx.chargeIntent.updateMany({
      where: { ...where, paymentId: null },
      data: { closedAt: new Date() },
    });
    return tx.chargeIntent.findMany({ where });
  });
  for (const { id, paymentId } of open) {
    const key = { idempotencyKey: `retire:${id}` };
    if (paymentId) await endPayment(ctx, paymentId, key).catch(unlessOver);
  }
}

function unlessOver(error: unknown): void {
  const over = ["payment_complete", "payment_under_way"];
  if (!(error instanceof AppError && over.includes(error.code))) throw error;
}
