import { moneyBack } from "@/lib/catalog/money-back";
import type { Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { after, days } from "@/lib/platform/time";
import type { Payment } from "@/prisma/client/client";
import { capIn, checkCap } from "./refund-cap";

type Taken = Pick<Payment, "currency" | "createdAt">;

/** Until when this payment may be taken back without asking anybody; null where it may not. */
export function selfServiceUntil(
  { currency, createdAt }: Taken,
  now = new Date(),
): Date | null {
  const { selfService: policy } = moneyBack;
  if (!policy || !capIn(policy.caps, currency)) return null;
  const until = after(createdAt, days(policy.days));
  return now < until ? until : null;
}

/** Throws refunds_not_offered and refund_cap_reached. Its caller holds the workspace's lock. */
export async function checkSelfService(
  tx: Transaction,
  payment: Payment,
  amount: bigint,
): Promise<void> {
  const { selfService: policy } = moneyBack;
  if (!policy || !selfServiceUntil(payment))
    throw new AppError("refunds_not_offered");
  await checkCap(tx, payment, { ...policy, amount, ofSelfService: true });
}
