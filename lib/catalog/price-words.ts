import { formatMoney } from "@/lib/platform/money";
import type { Price } from "./prices";

/** "$29.00 per month", or "$149.00" for what is bought once. */
export function priceWords({ amount, currency, interval }: Price): string {
  const money = formatMoney({ amount, currency });
  return interval ? `${money} per ${interval}` : money;
}
