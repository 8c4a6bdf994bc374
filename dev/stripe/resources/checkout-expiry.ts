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

/** Expires what is due, in order of its time, and says when the next open session falls due. */
export function expireDueSessions(ctx: Context): number {
  const now = ctx.clock.now();
  const open = ctx.store.all("checkout_session", {
    index: "status",
    key: "open",
  });
  const due = open.filter((session) => session.expires_at <= now);
  due.sort((a, b) => a.expires_at - b.expires_at);
  for (const session of due) expireSession(ctx, session);
  return open.reduce(
    (next, { expires_at }) =>
      expires_at > now ? Math.min(next, expires_at) : next,
    Infinity,
  );
}
