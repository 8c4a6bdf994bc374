import { AppError } from "@/lib/platform/errors";
import { parseMoney } from "@/lib/platform/money";

/**
 * Minor units of an amount as somebody wrote it, within Stripe's own bounds: fifty of the smallest unit, and eight
 * digits. Throws amount_malformed, amount_out_of_range.
 */
export function requireAmount(input: {
  amount: string;
  currency: string;
}): bigint {
  const amount = parseMoney(input.amount, input.currency);
  if (amount === null)
    throw new AppError("amount_malformed", { param: "amount" });
  requireChargeable(amount);
  return amount;
}

/** Throws amount_out_of_range for what Stripe would not charge, in minor units. */
export function requireChargeable(amount: bigint): void {
  if (amount < 50n || amount > 99_999_999n)
    throw new AppError("amount_out_of_range", { param: "amount" });
}
