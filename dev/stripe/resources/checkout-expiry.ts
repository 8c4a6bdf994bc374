import type { Context } from "../context";
import { emit } from "../events";
import type { CheckoutSession } from "../objects";

export function expireSession(
  ctx: Context,
  session: CheckoutSession,
): CheckoutSession {
  const expired: CheckoutSession = { ...session, status: "expired", url: null };
  ctx.store.put("checkout_session", expired);
  emit(ctx, "checkout.session.expired", expired);
  return expired;
}
