import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { currencies, currency } from "@/lib/catalog/plans";
import { getPrice, type Price } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { line, rowId } from "@/lib/platform/text";
import { requireAmount } from "./amount";

/** The body of POST /api/admin/tenants/{tenantId}/prices. */
export const offerRequest = z.strictObject({
  tenantId: rowId,
  /** The catalogue's price that it stands beside: product and interval are the same. */
  lookupKey: line(200),
  name: line(60),
  /** As written: "20.00". */
  amount: line(16),
  currency: z.enum(currencies).default(currency),
});

type Offer = Omit<z.output<typeof offerRequest>, "tenantId">;

/**
 * A price that this tenant alone may buy, at once. Staff only. Asked for again it is the same one. Throws
 * unknown_price, amount_malformed, amount_out_of_range, offer_name_taken.
 */
export async function offerPrice(
  ctx: TenantContext,
  input: Offer,
): Promise<{ id: string }> {
  const like = getPrice(input.lookupKey);
  if (!like || like.meter !== null)
    throw new AppError("unknown_price", { param: "lookupKey" });
  const terms = {
    livemode: livemode(),
    productId: like.productId,
    name: input.name,
    amount: requireAmount(input),
    currency: input.currency,
    interval: like.interval,
  };
  const { tenantId } = ctx;
  return systemDb("offer a price", async (tx) => {
    const id = `tp_${crypto.randomUUID().replaceAll("-", "")}`;
    const createdBy = ctx.actor.id;
    const { count } = await tx.tenantPrice.createMany({
      data: [{ tenantId, id, createdBy, ...terms }],
      skipDuplicates: true,
    });
    if (count > 0) {
      await recordAudit(tx, ctx, "price.offered", id, inDetail(like, terms));
      return { id };
    }
    const same = await tx.tenantPrice.findFirst({
      where: { tenantId, withdrawnAt: null, ...terms },
    });
    if (!same) throw new AppError("offer_name_taken", { param: "name" });
    return { id: same.id };
  });
}

function inDetail(
  like: Price,
  { amount, currency: code }: { amount: bigint; currency: string },
) {
  return { like: like.lookupKey, amount: String(amount), currency: code };
}
