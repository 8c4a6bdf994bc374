import type { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { requirePaymentUrl, stripe } from "@/lib/platform/stripe";
import type { Payment } from "@/prisma/client/client";
import { requireCharge } from "./charge-intent";
import type { paymentConfirm } from "./payment-request";
import { requireOwnMethod } from "./payment-methods";
import {
  attempt,
  freshPayment,
  stateOf,
  type PaymentState,
} from "./payment-state";
import { runCommand } from "./subscription-command";
import { requireChargedCard } from "./saved-card";

export type PaymentConfirmed = { id: string; state: PaymentState };

/**
 * Pays with a saved card while its owner is there. Paid already is success. Throws not_found, payment_elsewhere,
 * payment_closed, payment_method_missing, payment_refused, a card's refusal, and what runCommand throws.
 */
export async function confirmPayment(
  ctx: TenantContext & { slug: string },
  input: z.output<typeof paymentConfirm>,
  requestKey: string | null,
): Promise<PaymentConfirmed> {
  const { paymentId: id, paymentMethodId: card } = input;
  await requireCharge(ctx, id);
  const fingerprint = JSON.stringify([id, card]);
  return runCommand(
    ctx,
    { subject: id, kind: "payment.confirmed", requestKey, fingerprint },
    async (run) => {
      const payment = await freshPayment(ctx, id);
      const before = stateOf(payment);
      const canGoOn = before === "confirm" && !card && (await bankUrl(id));
      if (before && (before !== "confirm" || canGoOn))
        return { id, state: before };
      const params = {
        return_url: payPageUrl(ctx.slug, id),
        // What was asked of the bank already is asked again with the same card.
        ...((card || before === null) && {
          payment_method: await requireMethod(ctx, payment, card),
        }),
      };
      const key = run.key("confirm");
      const state = await attempt(ctx, { paymentId: id, params, key });
      return { id, state };
    },
  );
}

/** Where the buyer's bank asks its question; null where only Stripe.js can ask it. */
export async function bankUrl(paymentId: string): Promise<string | null> {
  const { next_action: next } =
    await stripe().paymentIntents.retrieve(paymentId);
  const url = next?.redirect_to_url?.url;
  return url ? requirePaymentUrl(url) : null;
}

/** Where somebody pays it and comes back to from their bank: an address of ours. */
export function payPageUrl(slug: string, paymentId: string): string {
  return `${env().appUrl}/t/${slug}/pay/${paymentId}`;
}

/** The one that was named, else the one that is charged for everything; of the same customer. */
async function requireMethod(
  ctx: TenantContext,
  payment: Payment,
  card: string | undefined,
): Promise<string> {
  if (!card) return requireChargedCard(ctx, payment);
  const { customerId } = await requireOwnMethod(ctx, card);
  if (customerId !== payment.customerId) throw new AppError("not_found");
  return card;
}
