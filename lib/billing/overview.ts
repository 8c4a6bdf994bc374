import type { Limit } from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { listBuyable } from "@/lib/catalog/tenant-prices";
import { decided } from "@/lib/catalog/dispute-state";
import { isLive, resolve, type Rights } from "@/lib/entitlements/resolve";
import { suspendedPlans } from "@/lib/entitlements/suspended";
import { tenantDb, type Transaction } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import type { Money } from "@/lib/platform/money";
import type { ChargeIntent, Invoice, Order } from "@/prisma/client/client";
import { readCard, type Card } from "@/lib/sync/card";
import { lineNames } from "./order-lines";
import { disputeView, type DisputeView } from "./payment-view";
import { inThisMode } from "./purchases";
import { subscriptionView, type SubscriptionView } from "./subscription-view";

export type InvoiceView = {
  id: string;
  subscriptionId: string | null;
  number: string | null;
  status: string | null;
  total: Money;
  /** What is still to be paid. */
  due: Money;
  createdAt: Date;
  hostedUrl: string | null;
  pdfUrl: string | null;
  /** Its payment waits for the buyer's own confirmation. */
  actionRequired: boolean;
  /** How often Stripe has tried to collect it. */
  attempts: number;
};

export type OrderView = {
  id: string;
  names: string[];
  status: string;
  total: Money;
  at: Date;
  receiptUrl: string | null;
};

export type OpenDispute = DisputeView & {
  paidAt: Date;
  /** Whether a plan gives no access until this one is decided. */
  suspends: boolean;
};

export type AskedPayment = {
  paymentId: string;
  due: Money;
  description: string;
};

export type BillingOverview = {
  rights: Rights;
  subscriptions: SubscriptionView[];
  /** The newest, and whether there are more. */
  invoices: InvoiceView[];
  moreInvoices: boolean;
  /** Every one that waits for its money, oldest first. */
  openInvoices: InvoiceView[];
  /** Those that the bank has not decided, and whether the plan is off meanwhile. */
  disputes: OpenDispute[];
  orders: OrderView[];
  moreOrders: boolean;
  openCheckouts: { id: string; expiresAt: Date }[];
  /** What staff ask this tenant to pay, oldest first; without those whose money is on its way. */
  asked: AskedPayment[];
  /** What this tenant may buy, its own offers first. */
  buyable: Price[];
  usage: Record<Limit, number>;
  /** The customer's own card, with which a plan can be begun without Checkout. */
  savedCard: Card | null;
  /** Whether there is anything at Stripe to manage. */
  hasCustomer: boolean;
  /** Paid in advance, or left over from a change: it pays the next invoice first. */
  credit: Money | null;
};

/** How many invoices and purchases the billing page lists before it leads to a page of their own. */
const listed = 12;

/**
 * Everything the billing page shows, from our own rows in one transaction of four statements; Stripe may
 * be down.
 */
export async function getBillingOverview(
  { tenantId }: { tenantId: string },
  now = new Date(),
): Promise<BillingOverview> {
  const { tenant, open, buyable, suspended } = await tenantDb(
    { tenantId },
    async (tx) => ({
      tenant: await readTenant(tx, tenantId, now),
      open: await tx.invoice.findMany({
        where: { tenantId, livemode: livemode(), status: "open" },
        orderBy: { createdAt: "asc" },
      }),
      buyable: await listBuyable(tx, tenantId),
      suspended: await suspendedPlans(tx, tenantId),
    }),
  );
  const unpaidSince = new Map(
    open.toReversed().map((row) => [row.subscriptionId, row.createdAt]),
  );
  const rights = resolve(
    tenant.subscriptions.map((row) => ({
      ...row,
      unpaidSince: unpaidSince.get(row.id) ?? null,
      suspended: suspended.has(row.id),
    })),
    now,
  );
  const [customer] = tenant.customers;
  const live = tenant.subscriptions.filter(
    ({ status, items }) => isLive(status) && items.length > 0,
  );
  const subscriptions = live.map((row) =>
    subscriptionView(row, { customer, rights }),
  );
  const currency = subscriptions[0]?.price.currency;
  const underWay = new Set(tenant.payments.map(({ id }) => id));
  return {
    rights,
    subscriptions,
    invoices: tenant.invoices.slice(0, listed).map(invoiceView),
    moreInvoices: tenant.invoices.length > listed,
    openInvoices: open.map(invoiceView),
    disputes: tenant.disputes.map((row) => ({
      ...disputeView(row),
      paidAt: row.payment.createdAt,
      suspends: live.some(({ id }) => suspended.get(id)?.includes(row.id)),
    })),
    orders: tenant.orders.slice(0, listed).map(orderView),
    moreOrders: tenant.orders.length > listed,
    openCheckouts: tenant.checkoutSessions,
    asked: tenant.chargeIntents
      .flatMap(askedPayment)
      .filter(({ paymentId }) => !underWay.has(paymentId)),
    buyable,
    usage: {
      projects: tenant._count.projects,
      seats: tenant._count.memberships,
    },
    savedCard: readCard(customer?.card ?? null),
    hasCustomer: customer !== undefined,
    credit:
      customer && currency && customer.balance < 0n
        ? { amount: -customer.balance, currency }
        : null,
  };
}

function readTenant(tx: Transaction, tenantId: string, now: Date) {
  const mode = { livemode: livemode() };
  const newestFirst = { orderBy: { createdAt: "desc" } } as const;
  return tx.tenant.findUniqueOrThrow({
    relationLoadStrategy: "join",
    where: { id: tenantId },
    include: {
      subscriptions: { where: mode, include: { items: true }, ...newestFirst },
      customers: { where: { ...mode, deleted: false }, ...newestFirst },
      invoices: {
        where: { ...mode, status: { not: "draft" } },
        ...newestFirst,
        take: listed + 1,
      },
      orders: {
        where: inThisMode(),
        ...newestFirst,
        take: listed + 1,
      },
      checkoutSessions: {
        where: {
          ...mode,
          mode: { not: "setup" },
          status: "open",
          expiresAt: { gt: now },
        },
        select: { id: true, expiresAt: true },
        ...newestFirst,
        take: 5,
      },
      disputes: {
        where: { ...mode, status: { notIn: [...decided] } },
        include: { payment: { select: { createdAt: true } } },
        ...newestFirst,
        take: 5,
      },
      chargeIntents: {
        where: {
          ...mode,
          byStaff: true,
          closedAt: null,
          paymentId: { not: null },
        },
        orderBy: { createdAt: "asc" },
        take: 5,
      },
      payments: {
        where: { ...mode, status: { in: ["processing", "requires_capture"] } },
        select: { id: true },
      },
      _count: { select: { projects: true, memberships: true } },
    },
  });
}

function askedPayment({
  paymentId,
  amount,
  currency,
  description,
}: ChargeIntent): AskedPayment[] {
  if (paymentId === null) return [];
  const due = { amount, currency };
  return [{ paymentId, due, description: description ?? "" }];
}

export function invoiceView(row: Invoice): InvoiceView {
  const { currency } = row;
  return {
    id: row.id,
    subscriptionId: row.subscriptionId,
    number: row.number,
    status: row.status,
    total: { amount: row.total, currency },
    due: { amount: row.amountDue - row.amountPaid, currency },
    createdAt: row.createdAt,
    hostedUrl: row.hostedInvoiceUrl,
    pdfUrl: row.invoicePdf,
    actionRequired: row.actionRequired,
    attempts: row.attemptCount,
  };
}

export function orderView(row: Order): OrderView {
  return {
    id: row.id,
    names: lineNames(row),
    status: row.status,
    total: { amount: row.amountTotal, currency: row.currency },
    at: row.paidAt ?? row.createdAt,
    receiptUrl: row.receiptUrl,
  };
}
