import { isDeepStrictEqual } from "node:util";
import type Stripe from "stripe";
import { livemode } from "@/lib/platform/env";
import { systemDb } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix } from "@/lib/platform/time";
import { readCard, toCard, toCardColumn } from "./card";
import { syncCustomer } from "./customer";
import { getOwner } from "./owner";
import { takeReadTicket } from "./read-budget";
import { idOf } from "./reference";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { syncSubscription } from "./subscription";
import { claimNewest } from "./ticket";

/**
 * Fetches a saved way to pay and stores what may be shown of it. One that was detached has no customer any
 * more (hazard 87): it stays its tenant's, marked so. Repeatable.
 */
export async function syncPaymentMethod(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const method = await fetchMethod(id);
  const known = await getOwner(id);
  if (known && !method?.customer) {
    await markDetached({ tenantId: known, id }, ticket);
    return { tenantId: known };
  }
  if (!method) return { ignored: "gone" };
  if (method.livemode !== livemode()) return { ignored: "wrong_mode" };
  const owner = await resolveOwner({ ...method, metadata: null }, cause);
  if ("ignored" in owner) return owner;
  await saveMethod(method, owner.tenantId, ticket);
  await refreshWhatShowsIt(method, owner.tenantId, cause);
  return owner;
}

/** A customer and a plan show the card that they are charged to: no event tells them that it has changed. */
async function refreshWhatShowsIt(
  method: Stripe.PaymentMethod,
  tenantId: string,
  cause: SyncCause,
): Promise<void> {
  const card = toCard(method);
  const { customers, subscriptions } = await systemDb(
    "what shows a card",
    async (tx) => ({
      customers: await tx.customer.findMany({
        where: { tenantId, defaultMethod: method.id, deleted: false },
      }),
      subscriptions: await tx.subscription.findMany({
        where: { tenantId, defaultPaymentMethod: method.id, endedAt: null },
      }),
    }),
  );
  const isOld = (row: { card: unknown }) =>
    !isDeepStrictEqual(readCard(row.card), card);
  for (const { id } of customers.filter(isOld)) await syncCustomer(id, cause);
  for (const { id } of subscriptions.filter(isOld))
    await syncSubscription(id, cause);
}

async function saveMethod(
  method: Stripe.PaymentMethod,
  tenantId: string,
  ticket: bigint,
): Promise<void> {
  const key = { tenantId, id: method.id };
  const row = {
    customerId: idOf(method.customer) ?? "",
    livemode: method.livemode,
    type: method.type,
    card: toCardColumn(method),
    detached: false,
    createdAt: fromUnix(method.created),
  };
  await systemDb("save payment method", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: method.id, tenantId, ticket })))
      return;
    await tx.paymentMethod.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
  });
}

async function markDetached(
  key: { tenantId: string; id: string },
  ticket: bigint,
): Promise<void> {
  await systemDb("payment method detached", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: key.id, ...key, ticket }))) return;
    await tx.paymentMethod.updateMany({ where: key, data: { detached: true } });
  });
}

async function fetchMethod(id: string): Promise<Stripe.PaymentMethod | null> {
  try {
    return await stripe().paymentMethods.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
