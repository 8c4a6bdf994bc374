import type { Context } from "../context";
import { emit } from "../events";
import { newSessionId } from "../ids";
import type { CheckoutSession } from "../objects";

const DAY = 24 * 3600;
const RECOVERY_SECONDS = 30 * DAY;

/** Where recovery was asked for, an expired session tells where it can be taken up again. */
export function expireSession(
  ctx: Context,
  session: CheckoutSession,
): CheckoutSession {
  const recovery = session.after_expiration?.recovery;
  const expired: CheckoutSession = {
    ...session,
    status: "expired",
    url: null,
    after_expiration: recovery?.enabled
      ? {
          recovery: {
            ...recovery,
            expires_at: ctx.clock.now() + RECOVERY_SECONDS,
            url: `${ctx.origin}/r/${session.id}`,
          },
        }
      : session.after_expiration,
  };
  ctx.store.put("checkout_session", expired);
  emit(ctx, "checkout.session.expired", expired);
  return expired;
}

/** The copy of an expired session that its recovery link opens; null once the link is over. */
export function recoverSession(
  ctx: Context,
  id: string,
): CheckoutSession | null {
  const expired = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  const recovery = expired?.after_expiration?.recovery;
  const now = ctx.clock.now();
  if (!expired || !plan || (recovery?.expires_at ?? 0) <= now) return null;
  const copyId = newSessionId(expired.mode);
  const copy: CheckoutSession = {
    ...expired,
    id: copyId,
    after_expiration: null,
    allow_promotion_codes: recovery?.allow_promotion_codes ?? false,
    created: now,
    expires_at: now + DAY,
    recovered_from: id,
    status: "open",
    url: `${ctx.origin}/c/pay/${copyId}`,
  };
  const { pending: _, ...kept } = plan;
  ctx.store.put("checkout_session", copy);
  ctx.store.put("checkout_plan", { ...kept, id: copyId });
  return copy;
}
