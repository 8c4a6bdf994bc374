import { formatMoney } from "@/lib/platform/money";
import type { Trial } from "./plans";
import type { Price } from "./prices";

/** "$29.00 per month", or "$149.00" for what is bought once. */
export function priceWords({ amount, currency, interval }: Price): string {
  const money = formatMoney({ amount, currency });
  return interval ? `${money} per ${interval}` : money;
}

/** "Free for 14 days. Your card is charged when they are over, unless you cancel before." */
export function trialWords({ days, withoutCard }: Trial): string {
  const free = `Free for ${days} days.`;
  if (withoutCard === "cancel")
    return `${free} No card needed: without one the plan then ends.`;
  if (withoutCard === "pause")
    return `${free} No card needed: without one the plan then pauses.`;
  return `${free} Your card is charged when they are over, unless you cancel before.`;
}
