import { moneyBack } from "@/lib/catalog/money-back";
import type { Transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { after, days } from "@/lib/platform/time";
import type { Payment } from "@/prisma/client/client";

type Taken = Pick<Payment, "currency" | "createdAt">;

/** Until when this payment may be taken back without asking anybody; null where it may not. */
export function selfServiceUntil(
  { currency, createdAt }: Taken,
  now = new Date(),
): Date | null {
  const { selfService: policy } = moneyBack;
  if (!policy || !capOf(currency)) return null;
  const until = after(createdAt, days(policy.days));
  return now < until ? until : null;
}

/** Throws refunds_not_offered and refund_cap_reached. Its caller holds the workspace's lock. */
export async function checkSelfService(
  tx: Transaction,
  payment: Payment,
  amount: bigint,
): Promise<void> {
  const { tenantId, currency } = payment;
  if (!selfServiceUntil(payment)) throw new AppError("refunds_not_offered");
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT COALESCE(sum(amount), 0)::bigint AS sum FROM refund_command
    WHERE tenant_id = ${tenantId} AND currency = ${currency} AND refused IS NULL AND self_service
      AND created_at > now() - make_interval(days => ${moneyBack.selfService?.days ?? 0})`;
  if ((row?.sum ?? 0n) + amount > capOf(currency))
    throw new AppError("refund_cap_reached", { param: "amount" });
}

function capOf(currency: string): bigint {
  const caps = Object.entries(moneyBack.selfService?.caps ?? {});
  return BigInt(caps.find(([code]) => code === currency)?.[1] ?? 0);
}
