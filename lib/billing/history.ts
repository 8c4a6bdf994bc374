import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { inThisMode } from "./purchases";
import {
  invoiceView,
  orderView,
  type InvoiceView,
  type OrderView,
} from "./overview";
import { paymentView, type PaymentView } from "./payment-view";

/** One page of a long list, newest first. `page` counts from 1 and is brought into what there is. */
export type HistoryPage<Row> = { rows: Row[]; page: number; pages: number };

const perPage = 25;

/** Every invoice that was ever finalized, from our own rows. */
export async function getInvoicePage(
  { tenantId }: { tenantId: string },
  wanted: number,
): Promise<HistoryPage<InvoiceView>> {
  const where = {
    tenantId,
    livemode: livemode(),
    status: { not: "draft" },
  };
  return tenantDb({ tenantId }, async (tx) => {
    const at = pageAt(await tx.invoice.count({ where }), wanted);
    const rows = await tx.invoice.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      ...slice(at.page),
    });
    return { ...at, rows: rows.map(invoiceView) };
  });
}

/** Every one-time purchase, whatever has become of its payment. */
export async function getOrderPage(
  { tenantId }: { tenantId: string },
  wanted: number,
): Promise<HistoryPage<OrderView>> {
  const where = { tenantId, ...inThisMode() };
  return tenantDb({ tenantId }, async (tx) => {
    const at = pageAt(await tx.order.count({ where }), wanted);
    const rows = await tx.order.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      ...slice(at.page),
    });
    return { ...at, rows: rows.map(orderView) };
  });
}

/** Every payment that brought money, with what became of it. */
export async function getPaymentHistory(
  { tenantId }: { tenantId: string },
  wanted: number,
): Promise<HistoryPage<PaymentView>> {
  const where = {
    tenantId,
    livemode: livemode(),
    amountCaptured: { gt: 0 },
  };
  return tenantDb({ tenantId }, async (tx) => {
    const at = pageAt(await tx.payment.count({ where }), wanted);
    const rows = await tx.payment.findMany({
      relationLoadStrategy: "join",
      where,
      include: { disputes: { orderBy: { createdAt: "desc" } } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      ...slice(at.page),
    });
    return { ...at, rows: rows.map((row) => paymentView(row)) };
  });
}

function slice(page: number) {
  return { skip: (page - 1) * perPage, take: perPage };
}

function pageAt(total: number, wanted: number) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const page = Number.isInteger(wanted) ? wanted : 1;
  return { page: Math.min(Math.max(page, 1), pages), pages };
}
