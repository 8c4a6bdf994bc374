import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { stripe } from "@/lib/platform/stripe";
import {
  saveCheckoutSession,
  syncCheckoutSession,
} from "@/lib/sync/checkout-session";
import { takeTicket } from "@/lib/sync/ticket";
import type { CheckoutIntent } from "@/prisma/client/client";
import { closeIntent } from "./checkout-intent";

/** Ends a session that no longer fits, or learns what has become of it: paid, expired or gone. */
export async function retireSession(
  ctx: TenantContext,
  intent: CheckoutIntent | null,
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
    if (intent && "ignored" in found) {
      await closeIntent(ctx, intent, found.ignored);
    }
  }
}
