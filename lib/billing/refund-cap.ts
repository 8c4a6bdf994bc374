import type { moneyBack } from "@/lib/catalog/money-back";
import type { Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Payment } from "@/prisma/client/client";

type Cap = {
  caps: Partial<typeof moneyBack.perDay>;
  /** Within how many days. */
  days: number;
  /** Counts only what people took back themselves. */
  ofSelfService: boolean;
};

/** Minor units; nothing for a currency without a cap. */
export function capIn(caps: Cap["caps"], currency: string): bigint {
  const found = Object.entries(caps).find(([code]) => code === currency);
  return BigInt(found?.[1] ?? 0);
}

/** Of what one workspace gives back in all. Its caller holds the workspace's lock. Throws refund_cap_reached. */
export async function checkCap(
  tx: Transaction,
  { tenantId, currency }: Payment,
  { amount, caps, days, ofSelfService }: Cap & { amount: bigint },
): Promise<void> {
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT COALESCE(sum(amount), 0)::bigint AS sum FROM refund_command
    WHERE tenant_id = ${tenantId} AND currency = ${currency} AND refused IS NULL
      AND (self_service OR NOT ${ofSelfService})
      AND created_at > now() - ${days}::int * interval '24 hours'`;
  if ((row?.sum ?? 0n) + amount > capIn(caps, currency))
    throw new AppError("refund_cap_reached", { param: "amount" });
}
