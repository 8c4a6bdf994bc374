import { setTimeout as pause } from "node:timers/promises";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { holdToKey } from "@/lib/platform/idempotency";
import { requirePaymentUrl } from "@/lib/platform/stripe";
import { after, minutes, seconds } from "@/lib/platform/time";
import type { CheckoutIntent, CheckoutSession } from "@/prisma/client/client";
import { claimIntent } from "./checkout-intent";
import { requestedItems, type CheckoutRequest } from "./checkout-request";
import { createSession } from "./checkout-session";
import { fingerprintOf } from "./fingerprint";
import { requireNoLiveSubscription } from "./live-subscription";
import { retireSession } from "./retire-session";
import { returnUrls } from "./return-urls";
import { requireSale, type Sale } from "./sale";

export type OpenCheckout = { id: string; url: string; expiresAt: Date };

export type Wish = {
  sale: Sale;
  request: CheckoutRequest;
  idempotencyKey: string | null;
  ui?: "hosted" | "embedded";
};

/**
 * Sends a tenant to Stripe for what it wants: a plan or a one-time product. Equal requests share one open
 * session; another choice replaces it. Throws unknown_price, validation, invalid_return_url,
 * already_subscribed, invalid_promotion_code, idempotency_mismatch, price_mismatch,
 * checkout_in_progress (after 5 s), not_found (another's customer), and what Stripe's failing becomes.
 */
export async function createCheckout(
  ctx: TenantContext,
  request: CheckoutRequest,
  idempotencyKey: string | null,
): Promise<OpenCheckout> {
  const sale = await requireSale(ctx, requestedItems(request));
  const create =
    sale.mode === "subscription"
      ? createSubscriptionCheckout
      : createCheckoutSession;
  return create(ctx, { sale, request, idempotencyKey });
}

/** A plan. Refused while the tenant has a live subscription of the same group. @public */
export async function createSubscriptionCheckout(
  ctx: TenantContext,
  wish: Wish,
): Promise<OpenCheckout> {
  return toOpenCheckout(await openCheckout(ctx, wish));
}

/** A one-time payment. @public */
export async function createCheckoutSession(
  ctx: TenantContext,
  wish: Wish,
): Promise<OpenCheckout> {
  return toOpenCheckout(await openCheckout(ctx, wish));
}

/** Ends in one open session for these very wishes, whoever of the simultaneous requests creates it. */
export async function openCheckout(
  ctx: TenantContext,
  wish: Wish,
): Promise<CheckoutSession> {
  const { sale, request, idempotencyKey: key, ui = "hosted" } = wish;
  await requireNoLiveSubscription(ctx, sale.recurringGroups);
  const urls = await allowedUrls(ctx, request);
  const fingerprint = fingerprintOf(sale, request, { urls, ui });
  await holdToKey(ctx, { route: "checkout", key, fingerprint });
  const order = { sale, request, fingerprint, urls, ui };
  let wait = 100;
  for (const giveUp = Date.now() + seconds(5); Date.now() < giveUp;) {
    const state = await claimIntent(ctx, order);
    if (state.kind === "busy") {
      await pause(wait);
      wait = Math.min(wait * 2, 500); // so that those who wait do not slow the one they wait for
    } else if (state.kind === "ours") {
      await createSession(ctx, state.intent, order);
    } else if (isReusable(state, fingerprint)) {
      return state.session;
    } else {
      await retireSession(ctx, state.intent, state.session.id);
      await requireNoLiveSubscription(ctx, sale.recurringGroups);
    }
  }
  throw new AppError("checkout_in_progress");
}

/** With a minute to spare, so that nobody is sent to a page that closes under their hands. */
function isReusable(
  { intent, session }: { intent: CheckoutIntent; session: CheckoutSession },
  fingerprint: string,
): boolean {
  return (
    session.status === "open" &&
    session.expiresAt > after(new Date(), minutes(1)) &&
    intent.fingerprint === fingerprint
  );
}

function toOpenCheckout({ id, url, expiresAt }: CheckoutSession): OpenCheckout {
  if (!url) throw new Error(`open session ${id} has no url`);
  return { id, url: requirePaymentUrl(url), expiresAt };
}

async function allowedUrls(ctx: TenantContext, request: CheckoutRequest) {
  const { tenantId } = ctx;
  const tenant = await tenantDb(ctx, async (tx) => {
    const customerId = request.customerId;
    if (customerId !== undefined) {
      const own = await tx.customer.findUnique({
        where: { tenantId_id: { tenantId, id: customerId } },
      });
      if (!own) throw new AppError("not_found", { param: "customerId" });
    }
    return tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      include: { settings: true },
    });
  });
  return returnUrls(request, tenant.settings, tenant.slug);
}
