import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { formatMoney } from "@/lib/platform/money";
import { secondsBetween } from "@/lib/platform/time";
import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import type { CheckoutSession } from "@/prisma/client/client";
import { retireSession } from "./retire-session";

/** Of GET /api/checkout/{id} and POST /api/checkout/{id}/expire. */
export const sessionPath = z.strictObject({ sessionId: z.string().max(255) });

export type CheckoutView = {
  id: string;
  status: "open" | "complete" | "expired";
  paymentStatus: string;
  /** What it comes to, as "$29.00"; null while Stripe has not said. */
  total: string | null;
  /** Where to pay; null unless open. */
  url: string | null;
  expiresAt: Date;
  /** By our clock, so that a visitor's wrong one does not matter; 0 unless open. */
  secondsLeft: number;
};

/**
 * What has become of a session, from our own rows; an open one past its time is asked about first. Throws
 * not_found.
 */
export async function getCheckout(
  ctx: TenantContext,
  sessionId: string,
): Promise<CheckoutView> {
  const session = await requireSession(ctx, sessionId);
  if (session.status !== "open" || session.expiresAt > new Date())
    return toView(session);
  await syncCheckoutSession(sessionId, ctx);
  return toView(await requireSession(ctx, sessionId));
}

/** The same for a program: an expired one is a 410 with `expired_at` in ISO 8601. */
export async function requireUnexpired(
  ctx: TenantContext,
  sessionId: string,
): Promise<CheckoutView> {
  const view = await getCheckout(ctx, sessionId);
  if (view.status === "expired") {
    throw new AppError("checkout_expired", {
      members: { expired_at: view.expiresAt.toISOString() },
    });
  }
  return view;
}

/** Ends an open session at Stripe. Repeatable. Throws not_found, or checkout_complete for a paid one. */
export async function cancelCheckout(
  ctx: TenantContext,
  sessionId: string,
): Promise<CheckoutView> {
  const session = await requireSession(ctx, sessionId);
  if (session.status === "open") {
    await retireSession(ctx, session.intent, sessionId);
  }
  const view = toView(await requireSession(ctx, sessionId));
  if (view.status === "complete") throw new AppError("checkout_complete");
  return view;
}

async function requireSession({ tenantId }: TenantContext, id: string) {
  const session = await tenantDb({ tenantId }, (tx) =>
    tx.checkoutSession.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { intent: true },
    }),
  );
  if (!session) throw new AppError("not_found");
  return session;
}

function toView(session: CheckoutSession, now = new Date()): CheckoutView {
  const { id, status, paymentStatus, url, expiresAt } = session;
  const { amountTotal: amount, currency } = session;
  const known = status === "complete" || status === "expired" ? status : "open";
  return {
    id,
    status: known,
    paymentStatus,
    total:
      amount !== null && currency ? formatMoney({ amount, currency }) : null,
    url: known === "open" ? url : null,
    expiresAt,
    secondsLeft: known === "open" ? secondsBetween(now, expiresAt) : 0,
  };
}
