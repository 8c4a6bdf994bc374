import Stripe from "stripe";
import type { TenantContext } from "@/lib/platform/context";
import { requireCharge } from "./charge-intent";
import { payPageUrl } from "./confirm-payment";
import { requireChargedCard } from "./saved-card";
import {
  attempt,
  freshPayment,
  stateOf,
  type PaymentState,
} from "./payment-state";
import { runCommand } from "./subscription-command";

/** `declined`: the card was refused, and its owner was asked to pay otherwise. */
export type Charged = { id: string; state: PaymentState | "declined" };

/**
 * Charges the tenant's saved card while nobody of theirs is there, once for a request; they are mailed where they can
 * pay or confirm if that takes them. Paid already is success. Staff only. Throws payment_method_missing before anything
 * is asked for, not_found, payment_elsewhere, payment_closed, payment_refused, and what runCommand throws.
 */
export async function chargeSavedCard(
  ctx: TenantContext & { slug: string },
  { paymentId: id }: { paymentId: string },
  requestKey: string | null,
): Promise<Charged> {
  await requireCharge(ctx, id);
  return runCommand(
    ctx,
    { subject: id, kind: "charge.asked", requestKey, fingerprint: id },
    async (run) => {
      const payment = await freshPayment(ctx, id);
      const before = stateOf(payment);
      if (before) return { id, state: before };
      const params = {
        payment_method: await requireChargedCard(ctx, payment),
        off_session: true,
        return_url: payPageUrl(ctx.slug, id),
      };
      const key = run.key("charge");
      try {
        return {
          id,
          state: await attempt(ctx, { paymentId: id, params, key }),
        };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
        const confirms = error.code === "authentication_required";
        return { id, state: confirms ? "confirm" : "declined" };
      }
    },
  );
}
