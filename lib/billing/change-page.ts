import {
  changesFrom,
  priceOfItem,
  type ChangeTime,
} from "@/lib/catalog/plan-change";
import {
  featureNames,
  planByProduct,
  type Limit,
  type Plan,
} from "@/lib/catalog/plans";
import type { Price } from "@/lib/catalog/prices";
import { buyablePrices } from "@/lib/catalog/tenant-prices";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { AppError, messageFor } from "@/lib/platform/errors";
import { toAppError } from "@/lib/platform/problem";
import { previewChange } from "./change-plan";
import type { ChangeQuote } from "./change-quote";
import { planItem, requireOwnSubscription } from "./own-subscription";

/** What the page of a change shows: what can be chosen, or what a choice comes to. */
export type ChangePage = {
  subscriptionId: string;
  current: Price | null;
  choices: { to: Price; when: ChangeTime }[];
  quote: ChangeQuote | null;
  /** What a lower plan does not include, in words. */
  loses: string[];
  /** What the workspace has more of than the plan allows: it stays, but nothing can be added. */
  exceeds: { name: Limit; used: number; allowed: number }[];
  /** Why nothing can be shown or changed, in words; the rest may be there all the same. */
  problem: string | null;
};

/**
 * Asks Stripe only once a price is chosen. Whatever is wrong is said on the page. Null where the tenant has no
 * such plan.
 */
export async function findChangePage(
  ctx: TenantContext,
  wanted: { subscriptionId: string | null; priceId: string | null },
): Promise<ChangePage | null> {
  try {
    return await getChangePage(ctx, wanted);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function getChangePage(
  ctx: TenantContext,
  wanted: { subscriptionId: string | null; priceId: string | null },
): Promise<ChangePage> {
  const own = await requireOwnSubscription(
    ctx,
    wanted.subscriptionId ?? undefined,
  );
  const item = planItem(own);
  const current = item && priceOfItem(item);
  const page: ChangePage = {
    subscriptionId: own.id,
    current,
    choices: current ? changesFrom(current, await buyablePrices(ctx)) : [],
    quote: null,
    loses: [],
    exceeds: [],
    problem: current ? null : messageFor("change_not_offered"),
  };
  const { priceId } = wanted;
  if (!priceId || !current) return page;
  try {
    const input = { subscriptionId: own.id, priceId };
    const quote = await previewChange(ctx, input);
    return {
      ...page,
      quote,
      loses: lossOf(quote),
      exceeds: await excessOf(ctx, quote),
    };
  } catch (error) {
    return { ...page, problem: toAppError(error, ctx.cause).message };
  }
}

function lossOf({ from, to }: ChangeQuote): string[] {
  const [before, after] = [
    planByProduct(from.productId),
    planByProduct(to.productId),
  ];
  return before && after
    ? [...lostFeatures(before, after), ...lowerLimits(before, after)]
    : [];
}

function lostFeatures(before: Plan, after: Plan): string[] {
  return before.features
    .filter((feature) => !after.features.includes(feature))
    .map((feature) => featureNames[feature]);
}

function lowerLimits(before: Plan, after: Plan): string[] {
  return (["projects", "seats"] as const).flatMap((name) => {
    const [had, has] = [before.limits[name], after.limits[name]];
    const isLower = has !== null && (had === null || had > has);
    return isLower ? [`more than ${has} ${name}`] : [];
  });
}

/** Said before it is confirmed; once it has happened, each addition is refused by itself (hazard 79). */
async function excessOf({ tenantId }: TenantContext, { to }: ChangeQuote) {
  const limits = planByProduct(to.productId)?.limits;
  if (!limits) return [];
  const used = await tenantDb({ tenantId }, async (tx) => ({
    projects: await tx.project.count({ where: { tenantId } }),
    seats: await tx.membership.count({ where: { tenantId } }),
  }));
  return (["projects", "seats"] as const).flatMap((name) => {
    const allowed = limits[name];
    return allowed !== null && used[name] > allowed
      ? [{ name, used: used[name], allowed }]
      : [];
  });
}
