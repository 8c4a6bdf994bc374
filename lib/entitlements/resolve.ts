import {
  freePlan,
  graceDays,
  planByProduct,
  plans,
  type Feature,
  type Limit,
  type Plan,
} from "@/lib/catalog/plans";
import { after, days } from "@/lib/platform/time";

/** The part of a mirrored subscription that decides rights. */
export type SubscriptionRow = {
  id: string;
  status: string;
  items: readonly {
    productId: string;
    currentPeriodStart: Date;
    currentPeriodEnd: Date;
  }[];
  /** When its oldest unpaid invoice was made; null when nothing is owed. */
  unpaidSince: Date | null;
  /** Its payment is claimed back, and the catalogue gives no access meanwhile. */
  suspended?: boolean;
};

export type Rights = {
  plan: Plan;
  /** The subscription that gives the plan; null on the free one. */
  subscriptionId: string | null;
  /** Until when a past-due subscription keeps the plan; null when nothing is overdue. */
  graceEndsAt: Date | null;
  has(feature: Feature): boolean;
  limit(name: Limit): number | null;
};

type Access = "full" | "grace" | "none";

/** Stripe's eight statuses. A new one gives no access until somebody decides (invariant I27). */
const accessByStatus: Readonly<Record<string, Access>> = {
  trialing: "full",
  active: "full",
  past_due: "grace",
  unpaid: "none",
  paused: "none",
  incomplete: "none",
  incomplete_expired: "none",
  canceled: "none",
};

/** Only these two free the slot of a product group for a new checkout (hazard 47). */
export function isLive(status: string): boolean {
  return status !== "canceled" && status !== "incomplete_expired";
}

export function isKnownStatus(status: string): boolean {
  return Object.hasOwn(accessByStatus, status);
}

/** Whether a subscription in this status can give access; a grace period ends by time, without an event. */
export function mayGiveAccess(status: string): boolean {
  return isKnownStatus(status) && accessByStatus[status] !== "none";
}

/** Rows and the time in, rights out: nothing derived is stored, so nothing can drift. */
export function resolve(
  subscriptions: readonly SubscriptionRow[],
  now: Date,
): Rights {
  let best: Omit<Rights, "has" | "limit"> = {
    plan: freePlan,
    subscriptionId: null,
    graceEndsAt: null,
  };
  for (const subscription of subscriptions) {
    const graceEndsAt = graceEnd(subscription);
    if (!givesAccess(subscription, graceEndsAt, now)) continue;
    for (const item of subscription.items) {
      const plan = planByProduct(item.productId);
      if (plan && rank(plan) > rank(best.plan)) {
        best = { plan, subscriptionId: subscription.id, graceEndsAt };
      }
    }
  }
  const { plan } = best;
  return {
    ...best,
    has: (feature) => plan.features.includes(feature),
    limit: (name) => plan.limits[name],
  };
}

function givesAccess(
  row: SubscriptionRow,
  graceEndsAt: Date | null,
  now: Date,
): boolean {
  if (row.suspended) return false;
  const access = Object.hasOwn(accessByStatus, row.status)
    ? accessByStatus[row.status]
    : "none";
  if (access === "grace") return graceEndsAt !== null && now < graceEndsAt;
  return access === "full";
}

/** Counted from the unpaid invoice, so that Stripe's retries do not restart it. */
function graceEnd(row: SubscriptionRow): Date | null {
  if (row.status !== "past_due") return null;
  const since = row.unpaidSince ?? row.items[0]?.currentPeriodStart;
  return since ? after(since, days(graceDays)) : null;
}

function rank(plan: Plan): number {
  return plans.findIndex((other) => other.key === plan.key);
}
