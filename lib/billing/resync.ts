import type Stripe from "stripe";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { rowId } from "@/lib/platform/text";
import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { syncCustomer } from "@/lib/sync/customer";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncPayment } from "@/lib/sync/payment";
import type { SyncCause, SyncResult } from "@/lib/sync/result";
import { syncSubscription } from "@/lib/sync/subscription";

/** Of POST /api/admin/tenants/{tenantId}/resync. */
export const resyncRequest = z.strictObject({ tenantId: rowId });

/** Of each kind, the newest: older ones are the sweep's. */
const newest = 50;

/**
 * Fetches a workspace's customers at Stripe and the newest of what is theirs, and stores what Stripe says. Staff only;
 * repeatable, and changes nothing at Stripe. Says how many objects were fetched.
 */
export async function resync(ctx: TenantContext): Promise<{ fetched: number }> {
  const { tenantId } = ctx;
  const customers = await systemDb("customers to fetch anew", (tx) =>
    tx.customer.findMany({
      where: { tenantId, livemode: livemode() },
      select: { id: true },
    }),
  );
  let fetched = 0;
  for (const { id } of customers) {
    await syncCustomer(id, ctx);
    fetched += 1 + (await fetchAll(id, ctx));
  }
  await systemDb("a workspace was fetched anew", (tx) =>
    recordAudit(tx, ctx, "workspace.resynced", tenantId, { fetched }),
  );
  return { fetched };
}

type Sync = (id: string, cause: SyncCause) => Promise<SyncResult>;
type Listed = Promise<Stripe.ApiList<{ id: string }>>;

async function fetchAll(customer: string, cause: SyncCause): Promise<number> {
  const query = { customer, limit: newest };
  const kinds: [list: () => Listed, sync: Sync][] = [
    [
      () => stripe().subscriptions.list({ ...query, status: "all" }),
      syncSubscription,
    ],
    [() => stripe().invoices.list(query), syncInvoice],
    [() => stripe().paymentIntents.list(query), syncPayment],
    [() => stripe().checkout.sessions.list(query), syncCheckoutSession],
  ];
  let fetched = 0;
  for (const [list, sync] of kinds) {
    for (const { id } of await listed(list)) {
      await sync(id, cause);
      fetched += 1;
    }
  }
  return fetched;
}

/** A customer that was deleted at Stripe has nothing left to list. */
async function listed(list: () => Listed): Promise<{ id: string }[]> {
  try {
    return (await list()).data;
  } catch (error) {
    if (isMissing(error, "customer")) return [];
    throw error;
  }
}
