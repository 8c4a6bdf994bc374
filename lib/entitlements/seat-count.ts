import { planByProduct, plans, type Plan } from "@/lib/catalog/plans";
import { tenantDb, type Transaction } from "@/lib/platform/db";

/** Whether this product is a plan that is sold by the seat. */
export function isPerSeat({ productId }: { productId: string }): boolean {
  return planByProduct(productId)?.perSeat ?? false;
}

/** Whether the catalogue sells anything by the seat. */
export function sellsSeats(): boolean {
  return (plans as readonly Plan[]).some((plan) => plan.perSeat);
}

export async function countSeats(
  tx: Transaction,
  tenantId: string,
): Promise<number> {
  return tx.membership.count({ where: { tenantId } });
}

/** How many of a product this tenant pays: its members where the plan is sold by the seat, else one. */
export async function quantityFor(
  tenantId: string,
  product: { productId: string },
): Promise<number> {
  if (!isPerSeat(product)) return 1;
  return tenantDb({ tenantId }, (tx) => countSeats(tx, tenantId));
}
