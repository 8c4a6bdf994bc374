import type Stripe from "stripe";
import { recordAudit } from "@/lib/audit/record";
import { systemDb, type Prisma, type Transaction } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { syncInvoice } from "./invoice";
import { saveOrder } from "./order";
import { syncPaymentMethod } from "./payment-method";
import { idOf } from "./reference";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { syncSubscription } from "./subscription";
import { takeReadTicket } from "./read-budget";
import { claimNewest } from "./ticket";

/**
 * Fetches the session and stores what Stripe says, and with it what it made: its subscription and invoice,
 * the order of a one-time purchase, or a saved way to pay. Repeatable; a slower older answer changes nothing.
 */
export async function syncCheckoutSession(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const session = await fetchSession(id);
  if (!session) return { ignored: "gone" };
  const owner = await resolveOwner(session, cause);
  if ("ignored" in owner) return owner;
  const subscriptionId = idOf(session.subscription);
  if (subscriptionId) await syncSubscription(subscriptionId, cause);
  const invoiceId = idOf(session.invoice);
  if (invoiceId) await syncInvoice(invoiceId, cause);
  const methodId = savedMethod(session);
  if (methodId) await syncPaymentMethod(methodId, cause);
  await saveCheckoutSession(session, { ...owner, ticket, cause });
  return owner;
}

/** Stores an answer of Stripe's and closes its intent once the session is no longer open. */
export async function saveCheckoutSession(
  session: Stripe.Checkout.Session,
  {
    tenantId,
    ticket,
    cause,
  }: { tenantId: string; ticket: bigint; cause: SyncCause },
): Promise<void> {
  const key = { tenantId, id: session.id };
  await systemDb("save checkout session", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: session.id, tenantId, ticket })))
      return;
    const intentId = await ownIntent(tx, tenantId, session);
    const row = { ...toRow(session), intentId };
    const before = await tx.checkoutSession.findUnique({
      where: { tenantId_id: key },
    });
    await tx.checkoutSession.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    if (intentId) await followIntent(tx, { tenantId, id: intentId }, session);
    if (before?.status !== row.status) {
      const action = auditActions[row.status ?? "open"] ?? "checkout.created";
      await recordAudit(tx, { tenantId, ...cause }, action, session.id);
    }
    if (session.mode !== "setup" && session.status === "complete") {
      await saveOrder(tx, session, { tenantId, cause });
    }
  });
}

/** What was saved without paying; takes a session whose setup intent is expanded. */
function savedMethod({
  setup_intent: setup,
}: Stripe.Checkout.Session): string | null {
  return typeof setup === "object" && setup?.status === "succeeded"
    ? idOf(setup.payment_method)
    : null;
}

const auditActions: Readonly<
  Record<string, "checkout.created" | "checkout.completed" | "checkout.expired">
> = {
  open: "checkout.created",
  complete: "checkout.completed",
  expired: "checkout.expired",
};

/** The intent that the session names, if it is one of this tenant's; null for a session made elsewhere. */
async function ownIntent(
  tx: Transaction,
  tenantId: string,
  session: Stripe.Checkout.Session,
): Promise<string | null> {
  const id = session.metadata?.intent_id;
  if (!id) return null;
  const intent = await tx.checkoutIntent.findUnique({
    where: { tenantId_id: { tenantId, id } },
  });
  // A session made elsewhere may carry copied metadata; the intent has its own session already.
  const free = intent && (intent.sessionId ?? session.id) === session.id;
  return free ? intent.id : null;
}

async function followIntent(
  tx: Transaction,
  key: { tenantId: string; id: string },
  session: Stripe.Checkout.Session,
): Promise<void> {
  await tx.checkoutIntent.update({
    where: { tenantId_id: key },
    data: { sessionId: session.id },
  });
  if (session.status === "open") return;
  await tx.checkoutIntent.updateMany({
    where: { ...key, closedAt: null },
    data: { closedAt: new Date(), closedReason: session.status ?? "closed" },
  });
}

function toRow(session: Stripe.Checkout.Session) {
  return {
    customerId: idOf(session.customer),
    livemode: session.livemode,
    mode: session.mode,
    status: session.status,
    paymentStatus: session.payment_status,
    url: session.url,
    currency: session.currency,
    amountTotal:
      session.amount_total === null ? null : BigInt(session.amount_total),
    subscriptionId: idOf(session.subscription),
    paymentIntentId: idOf(session.payment_intent),
    expiresAt: fromUnix(session.expires_at),
    recoveryUrl: session.after_expiration?.recovery?.url ?? null,
    recoveryExpiresAt: fromUnixOrNull(
      session.after_expiration?.recovery?.expires_at,
    ),
    recoveredFrom: session.recovered_from,
    createdAt: fromUnix(session.created),
  } satisfies Omit<
    Prisma.CheckoutSessionUncheckedCreateInput,
    "tenantId" | "id"
  >;
}

async function fetchSession(
  id: string,
): Promise<Stripe.Checkout.Session | null> {
  try {
    const session = await stripe().checkout.sessions.retrieve(id, {
      expand: [
        "line_items",
        "payment_intent.latest_charge",
        "invoice",
        "setup_intent",
      ],
    });
    if (session.line_items?.has_more) {
      const all = stripe().checkout.sessions.listLineItems(id, { limit: 100 });
      session.line_items.data = await all.autoPagingToArray({ limit: 1000 });
    }
    return session;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
