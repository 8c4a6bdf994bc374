import type { Limit } from "@/lib/catalog/plans";
import { productName } from "@/lib/catalog/prices";
import { getRights } from "@/lib/entitlements/check";
import { isLive, type Rights } from "@/lib/entitlements/resolve";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { Money } from "@/lib/platform/money";
import { lineNames } from "./order-lines";

export type SubscriptionView = {
  id: string;
  planName: string;
  status: string;
  /** What one period costs before discounts and tax. */
  price: Money;
  interval: string | null;
  quantity: number;
  periodEnd: Date;
  trialEnd: Date | null;
  /** When it ends because somebody cancelled; null while it renews. */
  endsAt: Date | null;
};

export type InvoiceView = {
  id: string;
  number: string | null;
  status: string | null;
  total: Money;
  createdAt: Date;
  hostedUrl: string | null;
  pdfUrl: string | null;
};

export type OrderView = {
  id: string;
  names: string[];
  status: string;
  total: Money;
  at: Date;
};

export type BillingOverview = {
  rights: Rights;
  subscriptions: SubscriptionView[];
  invoices: InvoiceView[];
  orders: OrderView[];
  openCheckouts: { id: string; expiresAt: Date }[];
  usage: Record<Limit, number>;
  /** Whether there is anything at Stripe to manage. */
  hasCustomer: boolean;
};

/** Everything the billing page shows, from our own rows and in one transaction; Stripe may be down. */
export async function getBillingOverview(ctx: {
  tenantId: string;
}): Promise<BillingOverview> {
  const { tenantId } = ctx;
  return tenantDb(ctx, async (tx) => ({
    rights: await getRights(tx, tenantId),
    subscriptions: await liveSubscriptions(tx, tenantId),
    invoices: await recentInvoices(tx, tenantId),
    orders: await recentOrders(tx, tenantId),
    openCheckouts: await openCheckouts(tx, tenantId),
    usage: {
      projects: await tx.project.count({ where: { tenantId } }),
      seats: await tx.membership.count({ where: { tenantId } }),
    },
    hasCustomer:
      (await tx.customer.count({
        where: { tenantId, livemode: livemode(), deleted: false },
      })) > 0,
  }));
}

async function liveSubscriptions(
  tx: Transaction,
  tenantId: string,
): Promise<SubscriptionView[]> {
  const rows = await tx.subscription.findMany({
    where: { tenantId, livemode: livemode() },
    include: { items: true },
    orderBy: { createdAt: "desc" },
  });
  return rows
    .filter((row) => isLive(row.status) && row.items.length > 0)
    .map((row) => {
      const [first] = row.items;
      const amount = row.items.reduce(
        (sum, item) =>
          sum + (item.unitAmount ?? 0n) * BigInt(item.quantity ?? 1),
        0n,
      );
      const ends = row.items.map((item) => item.currentPeriodEnd.getTime());
      const periodEnd = new Date(Math.min(...ends)); // the next charge is the earliest (hazard 73)
      return {
        id: row.id,
        planName: first ? productName(first.productId) : "Unknown plan",
        status: row.status,
        price: { amount, currency: row.currency },
        interval: first?.interval ?? null,
        quantity: first?.quantity ?? 1,
        periodEnd,
        trialEnd: row.trialEnd,
        // Flexible billing sets cancel_at, classic the boolean: either means ending (hazard 60).
        endsAt: row.cancelAt ?? (row.cancelAtPeriodEnd ? periodEnd : null),
      };
    });
}

async function openCheckouts(tx: Transaction, tenantId: string) {
  return tx.checkoutSession.findMany({
    where: {
      tenantId,
      livemode: livemode(),
      status: "open",
      expiresAt: { gt: new Date() },
    },
    select: { id: true, expiresAt: true },
    orderBy: { createdAt: "desc" },
    take: 5,
  });
}

async function recentInvoices(
  tx: Transaction,
  tenantId: string,
): Promise<InvoiceView[]> {
  const rows = await tx.invoice.findMany({
    where: { tenantId, livemode: livemode(), status: { not: "draft" } },
    orderBy: { createdAt: "desc" },
    take: 12,
  });
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    total: { amount: row.total, currency: row.currency },
    createdAt: row.createdAt,
    hostedUrl: row.hostedInvoiceUrl,
    pdfUrl: row.invoicePdf,
  }));
}

async function recentOrders(
  tx: Transaction,
  tenantId: string,
): Promise<OrderView[]> {
  const rows = await tx.order.findMany({
    where: { tenantId, session: { livemode: livemode() } },
    orderBy: { createdAt: "desc" },
    take: 12,
  });
  return rows.map((row) => ({
    id: row.id,
    names: lineNames(row.lines),
    status: row.status,
    total: { amount: row.amountTotal, currency: row.currency },
    at: row.paidAt ?? row.createdAt,
  }));
}
