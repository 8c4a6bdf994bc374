import { productGroup, productName } from "@/lib/catalog/prices";
import type { Rights } from "@/lib/entitlements/resolve";
import type { Prisma } from "@/lib/platform/db";
import type { Money } from "@/lib/platform/money";
import { readCard, type Card } from "@/lib/sync/card";
import { readWaits } from "@/lib/sync/subscription-waits";

export type ItemView = {
  name: string;
  quantity: number;
  /** Of one of them; null where it depends on use. */
  unit: Money | null;
  interval: string | null;
};

export type SubscriptionView = {
  id: string;
  /** Of the catalogue's plan among its items, else of its first item. */
  planName: string;
  /** Every item, the plan first. */
  items: ItemView[];
  /** The product group of which a tenant holds one; null for what is not in the catalogue. */
  group: string | null;
  status: string;
  /** What one period costs before discounts and tax. */
  price: Money;
  /** What changes the price on the next invoice by an amount that is not known here. */
  adjusted: { discounts: boolean; tax: boolean };
  interval: string | null;
  quantity: number;
  periodEnd: Date;
  trialEnd: Date | null;
  /** When it ends because somebody cancelled; null while it renews. */
  endsAt: Date | null;
  /** What it changes to by itself, and when. */
  planned: { names: string[]; at: Date } | null;
  /** What it changes to once this invoice is paid; dropped if it is not by then. */
  pendingChange: {
    names: string[];
    invoiceId: string | null;
    expiresAt: Date;
  } | null;
  /** Its invoices are not collected, until then or until somebody says so. */
  collectionPaused: { resumesAt: Date | null } | null;
  /** It follows a schedule that was made in the Dashboard: our pages leave it alone. */
  managedElsewhere: boolean;
  /** Until when a past-due one keeps its plan; null when nothing is overdue, or it is over. */
  graceEndsAt: Date | null;
  /** The card it is paid with: its own, else the customer's. */
  card: Card | null;
};

type Row = Prisma.SubscriptionGetPayload<{ include: { items: true } }>;
type CustomerRow = { card: unknown; discounted: boolean } | undefined;

/** What a page says of a live subscription, from its row. It has one item at least. */
export function subscriptionView(
  row: Row,
  { customer, rights }: { customer: CustomerRow; rights: Rights },
): SubscriptionView {
  const items = planFirst(row.items);
  const [first] = items;
  const amount = items.reduce(
    (sum, item) => sum + (item.unitAmount ?? 0n) * BigInt(item.quantity ?? 1),
    0n,
  );
  const ends = items.map((item) => item.currentPeriodEnd.getTime());
  const periodEnd = new Date(Math.min(...ends)); // the next charge is the earliest (hazard 73)
  const isMain = rights.subscriptionId === row.id;
  return {
    id: row.id,
    planName: first ? productName(first.productId) : "Unknown plan",
    items: items.map((item) => itemView(item, row.currency)),
    group: first ? productGroup(first.productId) : null,
    status: row.status,
    price: { amount, currency: row.currency },
    adjusted: {
      discounts: row.discounted || (customer?.discounted ?? false),
      tax: row.taxed,
    },
    interval: first?.interval ?? null,
    quantity: first?.quantity ?? 1,
    periodEnd,
    trialEnd: row.trialEnd,
    // Flexible billing sets cancel_at, classic the boolean: either means ending (hazard 60).
    endsAt: row.cancelAt ?? (row.cancelAtPeriodEnd ? periodEnd : null),
    ...waits(row),
    graceEndsAt: isMain ? rights.graceEndsAt : null,
    card: readCard(row.card) ?? readCard(customer?.card ?? null),
  };
}

/** By the catalogue, never by the order in which Stripe happens to list them. */
function planFirst(items: Row["items"]): Row["items"] {
  const known = (one: Row["items"][number]) =>
    productGroup(one.productId) === null ? 1 : 0;
  return items.toSorted(
    (a, b) => known(a) - known(b) || a.productId.localeCompare(b.productId),
  );
}

function itemView(
  { productId, quantity, unitAmount, interval }: Row["items"][number],
  currency: string,
): ItemView {
  return {
    name: productName(productId),
    quantity: quantity ?? 1,
    unit: unitAmount === null ? null : { amount: unitAmount, currency },
    interval,
  };
}

function waits(row: Row) {
  const { schedule, pendingChange, collectionPaused } = readWaits(row);
  const names = (items: readonly { productId: string }[]) =>
    items.map(({ productId }) => productName(productId));
  const next = schedule?.next;
  return {
    planned: next ? { names: names(next.items), at: next.at } : null,
    pendingChange: pendingChange && {
      names: names(pendingChange.items),
      invoiceId: row.latestInvoiceId,
      expiresAt: pendingChange.expiresAt,
    },
    collectionPaused: collectionPaused && {
      resumesAt: collectionPaused.resumesAt,
    },
    managedElsewhere: schedule !== null && !schedule.ours,
  };
}
