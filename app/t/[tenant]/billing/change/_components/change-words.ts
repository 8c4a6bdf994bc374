import type { ChangeQuote } from "@/lib/billing/change-quote";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";

/** What a change costs and when, before anything happens. */
export function changeWords({
  due,
  credit,
  next,
  when,
  to,
  from,
}: ChangeQuote) {
  const later = `${formatMoney(next.amount)} on ${formatDate(next.at)}`;
  const date = formatDate(next.at);
  return {
    charge:
      when === "now"
        ? `You pay ${formatMoney(due)} today, then ${later}.`
        : `You pay nothing today, then ${later}.`,
    credit:
      credit.amount > 0n
        ? `${formatMoney(credit)} of what you have paid is kept as credit for your next invoices.`
        : null,
    from: when === "now" ? "From now on" : `From ${date} on`,
    undo:
      when === "now"
        ? null
        : `Until then you keep ${from.productName}, and you can undo the change.`,
    button:
      when === "now"
        ? `Change to ${to.productName}`
        : `Change to ${to.productName} on ${date}`,
  };
}
