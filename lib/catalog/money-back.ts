import type { Currency } from "./plans";

/**
 * What becomes of a plan or a purchase whose money went back. docs/refunds.md says it to people, and
 * lib/billing/money-back.ts acts on it; nothing else does.
 */
export type MoneyBackPolicy = {
  /** A plan whose newest invoice was given back in full: goes on, or ends at once. */
  planRefunded: "goes_on" | "ends";
  /** What was bought once and given back in full: stays, or is taken back (lib/fulfilment/on-purchase-taken-back.ts). */
  purchaseRefunded: "stays" | "is_taken_back";
  /**
   * What a dispute does to the plan or the purchase that was paid with the disputed money. Staff are told whichever
   * is chosen.
   *  - keep: nothing. A person decides.
   *  - suspend: no access while the bank decides. Won, it is back; lost, it ends.
   *  - end: it ends at once, and does not come back when the dispute is won.
   */
  disputed: "keep" | "suspend" | "end";
  /** What staff may give back of one workspace's payments within 24 hours, in minor units of each currency. */
  perDay: Readonly<Record<Currency, number>>;
  /** What an owner may take back without asking anybody. null: nothing. */
  selfService: SelfServiceRefunds | null;
};

type SelfServiceRefunds = {
  /** For so many days after the payment. */
  days: number;
  /** At most so much of one workspace's payments within as many days, in minor units; a currency without a cap: nothing. */
  caps: Readonly<Partial<Record<Currency, number>>>;
};

export const moneyBack: MoneyBackPolicy = {
  planRefunded: "goes_on",
  purchaseRefunded: "is_taken_back",
  disputed: "keep",
  perDay: { usd: 1_000_000, eur: 1_000_000 },
  selfService: null,
};
