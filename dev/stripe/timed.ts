import { DAY } from "./calendar";
import type { Context, World } from "./context";
import type { Kind, Records } from "./records";
import { expireSession } from "./resources/checkout-expiry";
import { cancelPayment } from "./resources/payment-capture";
import { ring } from "./resources/ring";
import { runSchedule, scheduleDue } from "./resources/schedule-phases";
import {
  invoiceDue,
  runInvoice,
  runSubscription,
  subscriptionDue,
} from "./resources/subscription-cycle";

/** When something falls due, and what then happens. */
type Timed<K extends Kind> = {
  due(one: Records[K]): number;
  run(ctx: Context, one: Records[K]): unknown;
};
export type TimedKind =
  | "alarm"
  | "checkout_session"
  | "invoice"
  | "payment_intent"
  | "subscription"
  | "subscription_schedule";

/** What time brings about, first to last where two things share a moment. */
const TIMED: { [K in TimedKind]: Timed<K> } = {
  alarm: { due: (one) => one.at, run: ring },
  subscription_schedule: { due: scheduleDue, run: runSchedule },
  subscription: { due: subscriptionDue, run: runSubscription },
  invoice: { due: invoiceDue, run: runInvoice },
  payment_intent: {
    due: (one) =>
      one.status === "requires_capture" ? one.created + 7 * DAY : Infinity,
    run: (ctx, one) => cancelPayment(ctx, one, "automatic"),
  },
  checkout_session: {
    due: (one) => (one.status === "open" ? one.expires_at : Infinity),
    run: expireSession,
  },
};
const RANKED = Object.keys(TIMED);

export type Due = { at: number; kind: TimedKind; id: string };

export function isTimed(kind: Kind): kind is TimedKind {
  return Object.hasOwn(TIMED, kind);
}

export function dueOf<K extends TimedKind>(
  { store }: Pick<World, "store">,
  kind: K,
  id: string,
): number {
  const one = store.get(kind, id);
  return one ? TIMED[kind].due(one) : Infinity;
}

export function runOne<K extends TimedKind>(
  ctx: Context,
  kind: K,
  id: string,
): void {
  const one = ctx.store.get(kind, id);
  if (one) TIMED[kind].run(ctx, one);
}

export function isBefore(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return RANKED.indexOf(a.kind) < RANKED.indexOf(b.kind);
}

export function testClockOf(
  { store }: Pick<World, "store">,
  kind: TimedKind,
  id: string,
): string | null {
  const one = store.get(kind, id);
  return one && "test_clock" in one ? one.test_clock : null;
}

/** The first thing that falls due on a test clock. */
export function firstOn(
  { store }: Pick<World, "store">,
  clock: string,
): Due | undefined {
  const kinds = [
    "alarm",
    "subscription_schedule",
    "subscription",
    "invoice",
  ] as const;
  const all = kinds.flatMap((kind) =>
    store
      .ids(kind, { index: "test_clock", key: clock })
      .map((id): Due => ({ at: dueOf({ store }, kind, id), kind, id })),
  );
  return all.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))[0];
}
