import { failureOf } from "@/lib/billing/payments";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { Money } from "@/lib/platform/money";
import { rowId } from "@/lib/platform/text";

export type ChargeLine = {
  paymentId: string;
  description: string;
  due: Money;
  /** Stripe's word for it. */
  status: string;
  /** Why the last try failed, as the owner reads it. */
  failure: string | null;
  askedAt: Date;
};

export type TenantCharges = {
  id: string;
  name: string;
  isOpen: boolean;
  charges: ChargeLine[];
};

/** What staff have asked of one workspace, newest first, from our own rows; null for one that never was. */
export async function getTenantCharges(
  id: string,
): Promise<TenantCharges | null> {
  if (!rowId.safeParse(id).success) return null;
  return systemDb("charges of a workspace", async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { id } });
    if (!tenant) return null;
    const rows = await tx.chargeIntent.findMany({
      where: {
        tenantId: id,
        livemode: livemode(),
        byStaff: true,
        paymentId: { not: null },
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
    });
    const payments = await tx.payment.findMany({
      where: {
        tenantId: id,
        id: { in: rows.flatMap(({ paymentId }) => paymentId ?? []) },
      },
    });
    const charges = rows.flatMap((row) => {
      const payment = payments.find((one) => one.id === row.paymentId);
      if (!payment) return [];
      return {
        paymentId: payment.id,
        description: row.description ?? "",
        due: { amount: row.amount, currency: row.currency },
        status: payment.status,
        failure: failureOf(payment)?.message ?? null,
        askedAt: row.createdAt,
      };
    });
    return { id, name: tenant.name, isOpen: tenant.closedAt === null, charges };
  });
}
