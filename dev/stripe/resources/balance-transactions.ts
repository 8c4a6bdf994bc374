import type { Context } from "../context";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { retrieval } from "../lookup";
import type { BalanceTransaction, Charge } from "../objects";
import { operation } from "../operation";

const FUNDS_AFTER = 2 * 86_400;

type Movement = Pick<
  BalanceTransaction,
  | "amount"
  | "currency"
  | "description"
  | "reporting_category"
  | "source"
  | "type"
> & { fee?: number };

/** Money that came or went, less Stripe's fee, in the smallest unit; available two days later. */
export function recordMovement(
  ctx: Context,
  { fee = 0, ...movement }: Movement,
): BalanceTransaction {
  const now = ctx.clock.now();
  const transaction: BalanceTransaction = {
    id: newId("txn"),
    object: "balance_transaction",
    available_on: now + FUNDS_AFTER,
    balance_type: "payments",
    created: now,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: movement.currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: movement.amount - fee,
    status: "pending",
    ...movement,
  };
  ctx.store.put("balance_transaction", transaction);
  return transaction;
}

/** A captured charge's own movement: 2.9 % and 30 cents are Stripe's. Answers the charge that names it. */
export function recordCharge(ctx: Context, charge: Charge): Charge {
  const { amount_captured: amount, currency, description, id: source } = charge;
  const { id } = recordMovement(ctx, {
    amount,
    currency,
    description,
    fee: Math.round(amount * 0.029) + 30,
    reporting_category: "charge",
    source,
    type: "charge",
  });
  const recorded = { ...charge, balance_transaction: id };
  ctx.store.put("charge", recorded);
  return recorded;
}

function current(ctx: Context, one: BalanceTransaction): BalanceTransaction {
  const arrived = one.available_on <= ctx.clock.now();
  return { ...one, status: arrived ? "available" : "pending" };
}

export const balanceOperations = [
  retrieval("balanceTransactions.retrieve", "balance_transaction"),
  operation("balanceTransactions.list", {
    built: `${PAGED} created currency source type`,
    run(ctx, params) {
      const { currency, source, type } = params;
      const list = listOf(ctx, {
        kind: "balance_transaction",
        what: "balance transaction",
        url: "/v1/balance_transactions",
        params,
        where: { currency, source, type },
      });
      return { ...list, data: list.data.map((one) => current(ctx, one)) };
    },
  }),
  operation("balance.retrieve", {
    run(ctx) {
      const sums = {
        available: new Map<string, number>(),
        pending: new Map<string, number>(),
      };
      for (const one of ctx.store.all("balance_transaction")) {
        const into =
          current(ctx, one).status === "available"
            ? sums.available
            : sums.pending;
        into.set(one.currency, (into.get(one.currency) ?? 0) + one.net);
      }
      return {
        object: "balance",
        available: fundsOf(sums.available),
        livemode: false,
        pending: fundsOf(sums.pending),
      };
    },
  }),
];

function fundsOf(sums: Map<string, number>): object[] {
  const entries = sums.size > 0 ? [...sums] : [["usd", 0] as const];
  return entries.map(([currency, amount]) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
}
