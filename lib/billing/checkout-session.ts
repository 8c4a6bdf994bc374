import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import {
  saveCheckoutSession,
  syncCheckoutSession,
} from "@/lib/sync/checkout-session";
import { takeTicket } from "@/lib/sync/ticket";
import type { CheckoutIntent } from "@/prisma/client/client";
import { closeIntent, keepParams, releaseIntent } from "./checkout-intent";
import { checkoutParams, sessionExpiry } from "./checkout-params";
import type { CheckoutRequest } from "./checkout-request";
import { createOrRetrieveCustomer, retireCustomer } from "./customers";
import { requireNoneAtStripe } from "./live-subscription";
import type { ReturnUrls } from "./return-urls";
import { stripePrices, type Sale } from "./sale";

export type CheckoutOrder = {
  sale: Sale;
  request: CheckoutRequest;
  fingerprint: string;
  urls: ReturnUrls;
};

/**
 * Creates the session of an intent that is ours and stores it. The parameters are kept before Stripe is
 * asked and the key is the intent's id: asked twice, Stripe answers with the same session. Returns without
 * one where the intent had to be closed; the caller looks again.
 */
export async function createSession(
  ctx: TenantContext,
  intent: CheckoutIntent,
  order: CheckoutOrder,
): Promise<void> {
  const resumed = intent.params as Stripe.Checkout.SessionCreateParams | null; // keepParams wrote it
  if (!resumed && intent.fingerprint !== order.fingerprint) {
    return closeIntent(ctx, intent, "abandoned before Stripe was asked");
  }
  try {
    const params = resumed ?? (await prepare(ctx, intent, order));
    const ticket = await takeTicket();
    const session = await stripe().checkout.sessions.create(params, {
      idempotencyKey: `checkout:${intent.id}`,
    });
    await saveCheckoutSession(session, {
      tenantId: ctx.tenantId,
      ticket,
      cause: ctx,
    });
  } catch (error) {
    if (!isRefusal(error)) {
      await releaseIntent(ctx, intent);
      throw error;
    }
    await closeIntent(ctx, intent, "refused");
    const customerGone = isMissing(error, "customer");
    if (customerGone) await retireCustomer(ctx);
    if (!customerGone && !resumed) throw error;
  }
}

async function prepare(
  ctx: TenantContext,
  intent: CheckoutIntent,
  order: CheckoutOrder,
) {
  const { sale, request, urls } = order;
  const customer = await createOrRetrieveCustomer(ctx, {
    email: request.customerEmail,
  });
  if (customer.existed && sale.mode === "subscription") {
    await requireNoneAtStripe(ctx, {
      customerId: customer.id,
      group: sale.group,
    });
  }
  const params = checkoutParams({
    mode: sale.mode,
    tenantId: ctx.tenantId,
    intentId: intent.id,
    customerId: customer.id,
    items: await stripePrices(sale),
    urls,
    expiresAt: sessionExpiry(new Date(), request.expiresInMinutes),
    metadata: request.metadata ?? {},
  });
  await keepParams(ctx, intent, params);
  return params;
}

/** A definite no, by Stripe or by us: nothing was created. Anything else may have been. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof AppError ||
    error instanceof Stripe.errors.StripeInvalidRequestError
  );
}

/** Ends a session that no longer fits, or learns what has become of it: paid, expired or gone. */
export async function retireSession(
  ctx: TenantContext,
  intent: CheckoutIntent,
  sessionId: string,
): Promise<void> {
  const ticket = await takeTicket();
  try {
    const session = await stripe().checkout.sessions.expire(sessionId);
    await saveCheckoutSession(session, {
      tenantId: ctx.tenantId,
      ticket,
      cause: ctx,
    });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError))
      throw error;
    const found = await syncCheckoutSession(sessionId, ctx);
    if ("ignored" in found) await closeIntent(ctx, intent, found.ignored);
  }
}
