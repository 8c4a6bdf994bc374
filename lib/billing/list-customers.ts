import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import {
  beyond,
  listQuery,
  newestFirst,
  pageOf,
  type ListQuery,
} from "@/lib/platform/newest-first";
import { customerView, type CustomerView } from "./customer";

/** Of GET /api/customers. */
export const customerListRequest = listQuery;

/** A page of the tenant's customers at Stripe that are not deleted, newest first: one, or more after a merger. */
export async function listCustomers(
  { tenantId }: { tenantId: string },
  { before, limit }: ListQuery,
): Promise<{ data: CustomerView[]; older: string | null }> {
  const rows = await tenantDb({ tenantId }, (tx) =>
    tx.customer.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        deleted: false,
        ...beyond(before),
      },
      orderBy: newestFirst,
      take: limit + 1,
    }),
  );
  const { page, older } = pageOf(rows, limit);
  return { data: page.map(customerView), older };
}
