import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { limitBeginnings } from "@/lib/platform/declines";
import { AppError } from "@/lib/platform/errors";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { saveCheckoutSession } from "@/lib/sync/checkout-session";
import { takeTicket } from "@/lib/sync/ticket";
import type { CheckoutIntent } from "@/prisma/client/client";
import {
  closeIntent,
  isOpen,
  keepParams,
  releaseIntent,
} from "./checkout-intent";
import { checkoutParams, sessionExpiry } from "./checkout-params";
import type { CheckoutRequest } from "./checkout-request";
import { createOrRetrieveCustomer, retireCustomer } from "./customers";
import { requireNoneAtStripe } from "./live-subscription";
import { isCodeRefusal, requirePromotionCode } from "./promotion-code";
import { expireCopies } from "./recovery";
import { retireSession } from "./retire-session";
import type { ReturnUrls } from "./return-urls";
import { saleLines, type Sale } from "./sale";
import { sessionOptions } from "./session-options";
import { takeTrial } from "./trial";

export type CheckoutOrder = {
  sale: Sale;
  request: CheckoutRequest;
  fingerprint: string;
  urls: ReturnUrls;
  ui: "hosted" | "embedded";
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
  const resumed = intent.params !== null;
  if (!resumed && intent.fingerprint !== order.fingerprint) {
    return closeIntent(ctx, intent, "abandoned before Stripe was asked");
  }
  try {
    const params = resumed
      ? (intent.params as Stripe.Checkout.SessionCreateParams) // keepParams wrote it
      : await prepare(ctx, intent, order);
    if (params) await ask(ctx, intent, params);
  } catch (error) {
    if (!isRefusal(error)) {
      await releaseIntent(ctx, intent);
      throw error;
    }
    await closeIntent(ctx, intent, "refused");
    if (error instanceof CustomerGone || resumed) return;
    throw isCodeRefusal(error)
      ? new AppError("invalid_promotion_code", {
          param: "promotionCode",
          cause: error,
        })
      : error;
  }
}

/** The customer that a checkout was for does not exist at Stripe any more. It is retired by then. */
class CustomerGone extends Error {
  override name = "CustomerGone";
}

async function ask(
  ctx: TenantContext,
  intent: CheckoutIntent,
  params: Stripe.Checkout.SessionCreateParams,
): Promise<void> {
  const ticket = await takeTicket();
  const session = await withCustomer(ctx, params.customer, () =>
    stripe().checkout.sessions.create(params, {
      idempotencyKey: `checkout:${intent.id}`,
    }),
  );
  const { tenantId } = ctx;
  await saveCheckoutSession(session, { tenantId, ticket, cause: ctx });
  // We were taken for dead and another choice has replaced ours: nobody may pay for this one.
  if (!(await isOpen(ctx, intent)))
    await retireSession(ctx, intent, session.id);
}

async function withCustomer<T>(
  ctx: TenantContext,
  customerId: string | undefined,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!customerId || !isMissing(error, "customer")) throw error;
    await retireCustomer(ctx, customerId);
    throw new CustomerGone(undefined, { cause: error });
  }
}

async function prepare(
  ctx: TenantContext,
  intent: CheckoutIntent,
  order: CheckoutOrder,
) {
  const { sale, request } = order;
  await limitBeginnings(ctx);
  const { id: customerId, existed } = await createOrRetrieveCustomer(ctx, {
    email: request.customerEmail,
  });
  if (existed) {
    await withCustomer(ctx, customerId, async () => {
      await expireCopies(ctx, { customerId, group: sale.group });
      if (sale.mode === "subscription")
        await requireNoneAtStripe(ctx, customerId, sale.recurringGroups);
    });
  }
  const { promotionCode } = request;
  const params = checkoutParams({
    ...order,
    ...sale,
    tenantId: ctx.tenantId,
    intentId: intent.id,
    requestId: ctx.cause,
    customerId,
    items: await saleLines(sale),
    promotionCodeId: promotionCode
      ? await requirePromotionCode(promotionCode)
      : null,
    locale: request.locale,
    trial: sale.trial && (await takeTrial(ctx, intent)) ? sale.trial : null,
    expiresAt: sessionExpiry(new Date(), request.expiresInMinutes),
    metadata: request.metadata ?? {},
    options: sessionOptions(),
  });
  return keepParams(ctx, intent, params);
}

/** A definite no, by Stripe or by us: nothing was created. Anything else may have been. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof AppError ||
    error instanceof CustomerGone ||
    error instanceof Stripe.errors.StripeInvalidRequestError
  );
}
