import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { rowId } from "@/lib/platform/text";
import { retireCheckoutsOf } from "./retire-checkouts";

/** Of POST /api/admin/tenants/{tenantId}/prices/{priceId}/withdraw. */
export const withdrawPath = z.strictObject({ tenantId: rowId, priceId: rowId });

/**
 * From now on nobody buys it, also not with a checkout that is open already; who has bought it keeps it. Staff
 * only. Repeatable: should Stripe fail, a second call ends the checkouts that are left. Throws not_found.
 */
export async function withdrawPrice(
  ctx: TenantContext,
  { priceId: id }: { priceId: string },
): Promise<void> {
  const { tenantId } = ctx;
  await systemDb("withdraw a price", async (tx) => {
    const { count } = await tx.tenantPrice.updateMany({
      where: { tenantId, id, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    });
    if (count > 0) await recordAudit(tx, ctx, "price.withdrawn", id);
    else if ((await tx.tenantPrice.count({ where: { tenantId, id } })) === 0)
      throw new AppError("not_found");
  });
  await retireCheckoutsOf(ctx, id);
}
