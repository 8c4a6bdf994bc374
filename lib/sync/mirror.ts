import type Stripe from "stripe";
import type { Transaction } from "@/lib/platform/db";
import { stripe } from "@/lib/platform/stripe";
import { after, days, fromUnixOrNull, toUnix } from "@/lib/platform/time";
import { syncCheckoutSession } from "./checkout-session";
import { syncCustomer } from "./customer";
import { syncInvoice } from "./invoice";
import { syncPayment } from "./payment";
import { paymentRow } from "./payment-row";
import { idOf } from "./reference";
import type { SyncCause, SyncResult } from "./result";
import { syncSubscription } from "./subscription";
import { toItemRow, toRow } from "./subscription-row";

/** What must be equal here and at Stripe, by name. */
export type Facts = Readonly<Record<string, unknown>>;

/** One object as Stripe lists it. */
export type Listed = {
  id: string;
  customerId: string | null;
  /** Whether it was made for one of our tenants, as its metadata says. */
  namesTenant: boolean;
  facts: Facts;
};

/** The key of a row. */
export type Place = { tenantId: string; id: string };

/** How a sweep goes through the objects of one kind and holds them against our rows. */
export type Mirror = {
  kind: string;
  list(
    after: string,
    now: Date,
  ): Promise<{ objects: Listed[]; hasMore: boolean }>;
  /** The same facts of our rows. */
  stored(
    tx: Transaction,
    places: Place[],
  ): Promise<readonly ({ id: string } & Facts)[]>;
  sync(id: string, cause: SyncCause): Promise<SyncResult>;
};

const page = (after: string) => ({
  limit: 100,
  ...(after && { starting_after: after }),
});

const since = (now: Date, age: number) => ({
  created: { gte: toUnix(after(now, -days(age))) },
});

function listed<T extends { id: string; metadata: Stripe.Metadata | null }>(
  { data, has_more: hasMore }: Stripe.ApiList<T>,
  describe: (
    object: T,
  ) => Pick<Listed, "customerId" | "facts"> & Partial<Listed>,
) {
  const objects = data.map((object) => ({
    id: object.id,
    namesTenant: Boolean(object.metadata?.["tenant_id"]),
    ...describe(object),
  }));
  return { objects, hasMore };
}

const subscriptions: Mirror = {
  kind: "subscription",
  sync: syncSubscription,
  async list(after) {
    const query = { status: "all" as const, ...page(after) };
    return listed(await stripe().subscriptions.list(query), (object) => {
      const { status, cancelAt, cancelAtPeriodEnd, trialEnd } = toRow(object);
      const items = object.items.data.map(toItemRow).map(itemFacts);
      return {
        customerId: idOf(object.customer),
        facts: { status, cancelAt, cancelAtPeriodEnd, trialEnd, items },
      };
    });
  },
  async stored(tx, places) {
    const rows = await tx.subscription.findMany({
      where: { OR: places },
      select: {
        id: true,
        status: true,
        cancelAt: true,
        cancelAtPeriodEnd: true,
        trialEnd: true,
        items: true,
      },
    });
    return rows.map((row) => ({ ...row, items: row.items.map(itemFacts) }));
  },
};

function itemFacts(item: ReturnType<typeof toItemRow>) {
  const { id, priceId, quantity, currentPeriodEnd } = item;
  return { id, priceId, quantity, currentPeriodEnd };
}

const invoices: Mirror = {
  kind: "invoice",
  sync: syncInvoice,
  async list(after, now) {
    const query = { ...since(now, 60), ...page(after) };
    return listed(await stripe().invoices.list(query), (object) => ({
      customerId: idOf(object.customer),
      facts: {
        status: object.status,
        total: BigInt(object.total),
        amountPaid: BigInt(object.amount_paid),
        attemptCount: object.attempt_count,
        nextAttemptAt: fromUnixOrNull(object.next_payment_attempt),
      },
    }));
  },
  stored: (tx, places) =>
    tx.invoice.findMany({
      where: { OR: places },
      select: {
        id: true,
        status: true,
        total: true,
        amountPaid: true,
        attemptCount: true,
        nextAttemptAt: true,
      },
    }),
};

const checkoutSessions: Mirror = {
  kind: "checkout_session",
  sync: syncCheckoutSession,
  async list(after, now) {
    const query = { ...since(now, 15), ...page(after) };
    return listed(await stripe().checkout.sessions.list(query), (object) => ({
      customerId: idOf(object.customer),
      facts: { status: object.status, paymentStatus: object.payment_status },
    }));
  },
  stored: (tx, places) =>
    tx.checkoutSession.findMany({
      where: { OR: places },
      select: { id: true, status: true, paymentStatus: true },
    }),
};

const customers: Mirror = {
  kind: "customer",
  sync: syncCustomer,
  async list(after) {
    return listed(await stripe().customers.list(page(after)), (object) => ({
      customerId: object.id,
      facts: {
        email: object.email,
        name: object.name ?? null,
        defaultMethod: idOf(object.invoice_settings.default_payment_method),
      },
    }));
  },
  stored: (tx, places) =>
    tx.customer.findMany({
      where: { OR: places },
      select: { id: true, email: true, name: true, defaultMethod: true },
    }),
};

/** One that was never tried has no charge, no event of ours and no row: it is left out. */
const payments: Mirror = {
  kind: "payment",
  sync: syncPayment,
  async list(after, now) {
    const query = {
      ...since(now, 60),
      ...page(after),
      expand: ["data.latest_charge"],
    };
    return listed(await stripe().paymentIntents.list(query), (object) => {
      const charge = object.latest_charge;
      if (typeof charge !== "object" || charge === null)
        return { customerId: null, namesTenant: false, facts: {} };
      const { status, amountRefunded, disputed } = paymentRow(object, charge);
      return {
        customerId: idOf(object.customer),
        facts: { status, amountRefunded, disputed },
      };
    });
  },
  stored: (tx, places) =>
    tx.payment.findMany({
      where: { OR: places },
      select: { id: true, status: true, amountRefunded: true, disputed: true },
    }),
};

/** Customers first: everything else finds its tenant by its customer. */
export const mirrors: readonly Mirror[] = [
  customers,
  subscriptions,
  invoices,
  checkoutSessions,
  payments,
];
