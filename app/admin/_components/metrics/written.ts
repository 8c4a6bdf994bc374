import type { Value } from "@/lib/admin/metrics/measure";
import type { Figure } from "@/lib/admin/metrics/metric";
import { formatMoney } from "@/lib/platform/money";

/** A figure as people read it; a dash where there is nothing to divide by. */
export function written(
  { unit }: Pick<Figure, "unit">,
  value: Value | undefined,
  currency: string,
): string {
  if (value === null || value === undefined) return "–";
  if (unit === "money" && typeof value === "bigint")
    return formatMoney({ amount: value, currency });
  if (unit === "rate") return `${(Number(value) * 100).toFixed(1)}%`;
  return value.toLocaleString("en-US");
}
