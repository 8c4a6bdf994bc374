import {
  getBillingOverview,
  type BillingOverview,
} from "@/lib/billing/overview";
import { paymentView, type PaymentView } from "@/lib/billing/payment-view";
import { listPrices, type Price } from "@/lib/catalog/prices";
import { toPrice } from "@/lib/catalog/tenant-prices";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { dashboardUrl } from "@/lib/platform/stripe";
import { rowId } from "@/lib/platform/text";

/** A price that staff offered, with what became of it. */
export type OfferLine = {
  id: string;
  name: string;
  /** Null once its product has left the catalogue. */
  price: Price | null;
  offeredAt: Date;
  withdrawnAt: Date | null;
};

export type CustomerLine = {
  id: string;
  name: string | null;
  email: string | null;
  deleted: boolean;
  /** Its place in Stripe's Dashboard. */
  url: string;
};

export type TenantDetail = {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  closedAt: Date | null;
  members: { email: string; role: string }[];
  /** In the mode of our key, newest first. */
  customers: CustomerLine[];
  offers: OfferLine[];
  /** Every price of the catalogue, and whether it is hidden from this workspace. */
  catalogue: { price: Price; hidden: boolean }[];
  /** The newest. */
  payments: PaymentView[];
  billing: BillingOverview;
};

/** Everything that staff see of one workspace, from our own rows; null for one that never was. */
export async function getTenantDetail(
  id: string,
): Promise<TenantDetail | null> {
  if (!rowId.safeParse(id).success) return null;
  const row = await systemDb("a workspace for staff", (tx) =>
    tx.tenant.findUnique({
      relationLoadStrategy: "join",
      where: { id },
      include: {
        memberships: { include: { user: true }, orderBy: { createdAt: "asc" } },
        customers: {
          where: { livemode: livemode() },
          orderBy: { createdAt: "desc" },
        },
        prices: {
          where: { livemode: livemode() },
          orderBy: { createdAt: "desc" },
        },
        hiddenPrices: true,
        payments: {
          where: { livemode: livemode() },
          include: { disputes: true },
          orderBy: { createdAt: "desc" },
          take: 10,
        },
      },
    }),
  );
  if (!row) return null;
  const { name, slug, createdAt, closedAt } = row;
  const hidden = new Set(row.hiddenPrices.map(({ lookupKey }) => lookupKey));
  return {
    id,
    name,
    slug,
    createdAt,
    closedAt,
    members: row.memberships.map(({ user: { email }, role }) => ({
      email,
      role,
    })),
    customers: row.customers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      email: customer.email,
      deleted: customer.deleted,
      url: dashboardUrl(`/customers/${customer.id}`),
    })),
    offers: row.prices.map((price) => ({
      id: price.id,
      name: price.name,
      price: toPrice(price),
      offeredAt: price.createdAt,
      withdrawnAt: price.withdrawnAt,
    })),
    catalogue: listPrices().map((price) => ({
      price,
      hidden: hidden.has(price.lookupKey),
    })),
    payments: row.payments.map((payment) => paymentView(payment)),
    billing: await getBillingOverview({ tenantId: id }),
  };
}
