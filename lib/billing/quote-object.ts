import type { Money } from "@/lib/platform/money";
import type { ChangeQuote } from "./change-quote";

/** A quote for programs: amounts in minor units as text, dates in ISO 8601. */
export function quoteObject(quote: ChangeQuote) {
  const { from, to, when, quantity, due, credit, lines, next } = quote;
  return {
    from: from.lookupKey,
    to: to.lookupKey,
    when,
    quantity,
    currency: due.currency,
    due: amount(due),
    credit: amount(credit),
    lines: lines.map((line) => ({
      text: line.text,
      amount: amount(line.amount),
    })),
    next: { amount: amount(next.amount), at: next.at },
    prorationDate: quote.prorationDate,
    quote: quote.token,
  };
}

function amount(money: Money): string {
  return String(money.amount);
}
