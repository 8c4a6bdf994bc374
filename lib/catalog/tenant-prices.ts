import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { TenantPrice } from "@/prisma/client/client";
import { listPrices, type Price } from "./prices";

/**
 * Everything that this tenant may buy now: what staff offered it alone, then the catalogue without what is
 * hidden from it. Whatever else it asks for is not for sale, another tenant's price included.
 */
export async function listBuyable(
  tx: Transaction,
  tenantId: string,
): Promise<Price[]> {
  const { prices, hiddenPrices } = await tx.tenant.findUniqueOrThrow({
    relationLoadStrategy: "join",
    where: { id: tenantId },
    select: {
      prices: {
        where: { livemode: livemode(), withdrawnAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      },
      hiddenPrices: true,
    },
  });
  const hidden = new Set(hiddenPrices.map(({ lookupKey }) => lookupKey));
  return [
    ...prices.flatMap((row) => toPrice(row) ?? []),
    ...listPrices().filter(({ lookupKey }) => !hidden.has(lookupKey)),
  ];
}

/** The same in a transaction of its own. */
export async function buyablePrices(ctx: {
  tenantId: string;
}): Promise<Price[]> {
  return tenantDb(ctx, (tx) => listBuyable(tx, ctx.tenantId));
}

/** As a price like any other, found by its id; null once its product has left the catalogue. */
export function toPrice(row: TenantPrice): Price | null {
  const like = listPrices().find(
    ({ productId, interval, meter }) =>
      productId === row.productId &&
      meter === null &&
      (interval === null) === (row.interval === null),
  );
  if (!like) return null;
  return {
    ...like,
    lookupKey: row.id,
    amount: row.amount,
    currency: row.currency,
    interval: row.interval === null ? null : toInterval(row.interval),
    offer: row.name,
  };
}

/** The table allows these two. */
function toInterval(text: string): "month" | "year" {
  return text === "year" ? "year" : "month";
}
