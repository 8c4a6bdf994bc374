import { productName } from "@/lib/catalog/prices";
import type { TenantContext } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import type { Money } from "@/lib/platform/money";
import { toAppError } from "@/lib/platform/problem";
import { stripe } from "@/lib/platform/stripe";
import { fromUnix } from "@/lib/platform/time";
import { isEnding, planItem, requireOwnSubscription } from "./own-subscription";

export type NextInvoice = {
  planName: string;
  lines: { text: string; amount: Money }[];
  total: Money;
  /** After what is left of credit. */
  due: Money;
  at: Date;
};

/**
 * What Stripe will bill next, with every line; a problem in words where there will be none or it does not
 * answer. Null where the tenant has no such plan.
 */
export async function findNextInvoice(
  ctx: TenantContext,
  subscriptionId: string | null,
) {
  try {
    return await getNextInvoice(ctx, subscriptionId);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function getNextInvoice(
  ctx: TenantContext,
  subscriptionId: string | null,
): Promise<{ next: NextInvoice } | { problem: string }> {
  const own = await requireOwnSubscription(ctx, subscriptionId ?? undefined);
  const name = productName(planItem(own)?.productId ?? "");
  if (isEnding(own) || own.status === "paused" || own.status === "incomplete")
    return { problem: "There is no next charge as the plan stands now." };
  try {
    const bill = await stripe().invoices.createPreview({
      subscription: own.id,
    });
    const { currency } = bill;
    const money = (amount: number): Money => ({
      amount: BigInt(amount),
      currency,
    });
    return {
      next: {
        planName: name,
        lines: bill.lines.data.map((line) => ({
          text: line.description ?? "",
          amount: money(line.amount),
        })),
        total: money(bill.total),
        due: money(bill.amount_due),
        at: fromUnix(bill.period_end),
      },
    };
  } catch (error) {
    return { problem: toAppError(error, ctx.cause).message };
  }
}
