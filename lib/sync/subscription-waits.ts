import type Stripe from "stripe";
import { z } from "zod";
import { Prisma } from "@/lib/platform/db";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { idOf } from "./reference";

/** By this a schedule is known to be ours: others, made in the Dashboard, are left alone (hazard 64). */
export const scheduleMark = { turnpike: "plan_change" } as const;

const item = z.object({
  priceId: z.string(),
  productId: z.string(),
  quantity: z.number(),
  unitAmount: z.string().nullable(),
  interval: z.string().nullable(),
});

/** The schedule that manages a subscription; `next` is what it will change it to. */
const schedule = z.object({
  id: z.string(),
  ours: z.boolean(),
  next: z.object({ at: z.coerce.date(), items: z.array(item) }).nullable(),
});

/** A change that happens once its invoice is paid, and is dropped if it is not by then. */
const pendingChange = z.object({
  expiresAt: z.coerce.date(),
  items: z.array(item),
});

/** Somebody has stopped its invoices from being collected, in the Dashboard. */
const collectionPaused = z.object({
  behavior: z.string(),
  resumesAt: z.coerce.date().nullable(),
});

type Columns = {
  schedule: unknown;
  pendingChange: unknown;
  collectionPaused: unknown;
};

/** What a subscription waits for, of the columns that toWaits wrote. */
export function readWaits(row: Columns) {
  return {
    schedule: schedule.nullable().parse(row.schedule),
    pendingChange: pendingChange.nullable().parse(row.pendingChange),
    collectionPaused: collectionPaused.nullable().parse(row.collectionPaused),
  };
}

/** Takes a subscription with its schedule, and the prices of its phases, expanded. */
export function toWaits(subscription: Stripe.Subscription) {
  const { pending_update: pending, pause_collection: paused } = subscription;
  return {
    schedule: scheduleColumn(subscription.schedule),
    pendingChange: pending
      ? {
          expiresAt: fromUnix(pending.expires_at).toISOString(),
          items: (pending.subscription_items ?? []).map(toItem),
        }
      : Prisma.DbNull,
    collectionPaused: paused
      ? {
          behavior: paused.behavior,
          resumesAt: fromUnixOrNull(paused.resumes_at)?.toISOString() ?? null,
        }
      : Prisma.DbNull,
  };
}

function scheduleColumn(found: Stripe.Subscription["schedule"]) {
  if (!found) return Prisma.DbNull;
  if (typeof found === "string") return { id: found, ours: false, next: null };
  const { current_phase: current, phases, metadata } = found;
  const next = current
    ? phases.find(({ start_date }) => start_date >= current.end_date)
    : undefined;
  return {
    id: found.id,
    ours: metadata?.["turnpike"] === scheduleMark.turnpike,
    next: next
      ? {
          at: fromUnix(next.start_date).toISOString(),
          items: next.items.map(toItem),
        }
      : null,
  };
}

function toItem({
  price,
  quantity,
}: {
  price: string | Stripe.Price | Stripe.DeletedPrice;
  quantity?: number | null;
}) {
  const whole = typeof price === "object" && !price.deleted ? price : null;
  const amount = whole?.unit_amount ?? null;
  return {
    priceId: idOf(price) ?? "",
    productId: idOf(whole?.product) ?? "",
    quantity: quantity ?? 1,
    unitAmount: amount === null ? null : String(amount),
    interval: whole?.recurring?.interval ?? null,
  };
}
