import { productName } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { describeError, log } from "@/lib/platform/log";
import type { Money } from "@/lib/platform/money";
import { isWithinLimit } from "@/lib/platform/rate-limit";
import { minutes } from "@/lib/platform/time";
import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { getOwner } from "@/lib/sync/owner";
import { lineNames } from "./order-lines";

/** What the return page may truthfully say. It grants nothing: rights come from the rows alone. */
export type CheckoutResult =
  | {
      state: "confirmed";
      mode: "subscription" | "payment" | "setup";
      bought: string[];
      paid: Money | null;
    }
  | { state: "confirming" }
  /** Ordered; the bank will take days to pay, or not to. */
  | { state: "under_way" }
  | { state: "failed" }
  | { state: "open"; url: string; expiresAt: Date }
  | { state: "expired" };

/** The tenant of a session id from a browser's address bar; null for one we never made. */
export async function getCheckoutTenant(
  sessionId: string,
): Promise<string | null> {
  return isSessionId(sessionId) ? getOwner(sessionId) : null;
}

/**
 * The same for somebody who comes back from paying: a session that Stripe made by itself, as a copy of an
 * expired one, is stored first if no webhook has told of it.
 */
export async function findCheckoutTenant(
  sessionId: string,
): Promise<string | null> {
  const known = await getCheckoutTenant(sessionId);
  if (known || !isSessionId(sessionId)) return known;
  if (!(await mayAsk("unknown", 60))) return null;
  try {
    await syncCheckoutSession(sessionId, {
      actor: { kind: "job", id: "return_page" },
      cause: "return_page",
    });
  } catch (error) {
    log().warn(
      { sessionId, error: describeError(error) },
      "return page could not ask for an unknown session",
    );
  }
  return getCheckoutTenant(sessionId);
}

/** A page that is opened again and again does not use up what Stripe may be read. */
function mayAsk(of: string, max: number): Promise<boolean> {
  return isWithinLimit({ act: "return_page", of, max, within: minutes(1) });
}

function isSessionId(text: string): boolean {
  return /^cs_(test|live)_[A-Za-z0-9]{10,100}$/.test(text);
}

/**
 * Asks Stripe once more what became of the session, unless its end is known, and stores it: so access
 * arrives here too when the webhook is late or lost (hazard 10). Null when the session is not this tenant's.
 */
export async function getCheckoutResult(
  ctx: TenantContext,
  sessionId: string,
): Promise<CheckoutResult | null> {
  const before = await readResult(ctx, sessionId);
  if (!before || before.state === "confirmed" || before.state === "expired")
    return before;
  if (!(await mayAsk(ctx.tenantId, 30))) return before;
  try {
    await syncCheckoutSession(sessionId, ctx);
  } catch (error) {
    log().warn(
      { sessionId, error: describeError(error) },
      "return page could not sync",
    );
    return { state: "confirming" };
  }
  return readResult(ctx, sessionId);
}

async function readResult(
  ctx: TenantContext,
  id: string,
): Promise<CheckoutResult | null> {
  const { tenantId } = ctx;
  return tenantDb(ctx, async (tx) => {
    const session = await tx.checkoutSession.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { order: true },
    });
    if (!session) return null;
    const { status, url, expiresAt } = session;
    if (status === "expired") return { state: "expired" };
    if (status === "open" && url) return { state: "open", url, expiresAt };
    const paid =
      session.amountTotal !== null && session.currency !== null
        ? { amount: session.amountTotal, currency: session.currency }
        : null;
    if (session.mode === "setup")
      return { state: "confirmed", mode: "setup", bought: [], paid: null };
    if (session.mode === "payment") {
      if (session.order?.status === "failed") return { state: "failed" };
      if (session.order?.status === "pending") return { state: "under_way" };
      if (session.order?.status !== "paid") return { state: "confirming" };
      const bought = lineNames(session.order);
      return { state: "confirmed", mode: "payment", bought, paid };
    }
    const items = session.subscriptionId
      ? await tx.subscriptionItem.findMany({
          where: { tenantId, subscriptionId: session.subscriptionId },
        })
      : [];
    if (items.length === 0 || session.paymentStatus === "unpaid")
      return { state: "confirming" };
    const bought = items.map((item) => productName(item.productId));
    return { state: "confirmed", mode: "subscription", bought, paid };
  });
}
