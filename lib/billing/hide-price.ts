import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { getPrice } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { line, rowId } from "@/lib/platform/text";
import { retireCheckoutsOf } from "./retire-checkouts";

/** Of POST /api/admin/tenants/{tenantId}/catalogue/{lookupKey}/hide and …/show. */
export const cataloguePath = z.strictObject({
  tenantId: rowId,
  lookupKey: line(200),
});

/**
 * Takes a price of the catalogue off what this tenant may buy, and ends its open checkouts of it; who has
 * bought it keeps it. Staff only. Repeatable. Throws not_found.
 */
export async function hidePrice(
  ctx: TenantContext,
  { lookupKey }: { lookupKey: string },
): Promise<void> {
  if (!getPrice(lookupKey)) throw new AppError("not_found");
  const { tenantId } = ctx;
  await systemDb("hide a price", async (tx) => {
    const { count } = await tx.tenantHiddenPrice.createMany({
      data: [{ tenantId, lookupKey, createdBy: ctx.actor.id }],
      skipDuplicates: true,
    });
    if (count > 0) await recordAudit(tx, ctx, "price.hidden", lookupKey);
  });
  await retireCheckoutsOf(ctx, lookupKey);
}

/** Puts it back. Staff only. Repeatable. Throws not_found. */
export async function showPrice(
  ctx: TenantContext,
  { lookupKey }: { lookupKey: string },
): Promise<void> {
  if (!getPrice(lookupKey)) throw new AppError("not_found");
  const { tenantId } = ctx;
  await systemDb("show a price again", async (tx) => {
    const { count } = await tx.tenantHiddenPrice.deleteMany({
      where: { tenantId, lookupKey },
    });
    if (count > 0) await recordAudit(tx, ctx, "price.shown", lookupKey);
  });
}
