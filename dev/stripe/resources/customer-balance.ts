import { currencyOf } from "../checks";
import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { Customer, CustomerBalanceTransaction } from "../objects";
import { operation } from "../operation";

type Adjustment = Pick<CustomerBalanceTransaction, "amount" | "type"> &
  Partial<
    Pick<
      CustomerBalanceTransaction,
      "credit_note" | "currency" | "description" | "invoice" | "metadata"
    >
  >;

/** Moves what a customer owes (below zero: is owed), with its entry in the ledger and `customer.updated`. */
export function adjustBalance(
  ctx: Context,
  before: Customer,
  adjustment: Adjustment,
): { customer: Customer; entry: CustomerBalanceTransaction } {
  const currency = adjustment.currency ?? before.currency ?? "usd";
  if (before.currency && before.currency !== currency) {
    throw invalidRequest(
      `The customer's currency is ${before.currency}: a balance in ${currency} cannot be added.`,
      { param: "currency" },
    );
  }
  const balance = before.balance + adjustment.amount;
  const customer = { ...before, balance, currency };
  const entry: CustomerBalanceTransaction = {
    id: newId("cbtxn"),
    object: "customer_balance_transaction",
    checkout_session: null,
    created: ctx.clock.now(),
    credit_note: null,
    customer: before.id,
    customer_account: null,
    description: null,
    ending_balance: balance,
    invoice: null,
    livemode: false,
    metadata: {},
    ...adjustment,
    currency,
  };
  ctx.store.put("customer_balance_transaction", entry);
  ctx.store.put("customer", customer);
  emit(ctx, "customer.updated", customer, before);
  return { customer, entry };
}

export const customerBalanceOperations = [
  operation("customers.createBalanceTransaction", {
    built: "amount currency description metadata",
    run(ctx, params, [id]) {
      const customer = requireLiving(ctx, id);
      const { amount, description = null } = params;
      return adjustBalance(ctx, customer, {
        amount,
        currency: currencyOf(params.currency),
        description,
        metadata: mergeMetadata({}, params.metadata),
        type: "adjustment",
      }).entry;
    },
  }),
  operation("customers.retrieveBalanceTransaction", {
    run: (ctx, _params, [id, entry]) => requireEntry(ctx, id, entry),
  }),
  operation("customers.updateBalanceTransaction", {
    built: "description metadata",
    run(ctx, params, [id, entryId]) {
      const before = requireEntry(ctx, id, entryId);
      const entry = {
        ...before,
        ...(params.description !== undefined && {
          description: params.description,
        }),
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
      };
      ctx.store.put("customer_balance_transaction", entry);
      return entry;
    },
  }),
  operation("customers.listBalanceTransactions", {
    built: `${PAGED} created invoice`,
    run(ctx, params, [id]) {
      requireLiving(ctx, id);
      return listOf(ctx, {
        kind: "customer_balance_transaction",
        what: "customer balance transaction",
        url: `/v1/customers/${id}/balance_transactions`,
        params,
        where: { customer: id, invoice: params.invoice },
      });
    },
  }),
];

function requireEntry(
  ctx: Context,
  customer: string,
  id: string,
): CustomerBalanceTransaction {
  const at = { param: "id", what: "customer balance transaction" };
  const entry = requireOne(ctx, "customer_balance_transaction", id, at);
  if (entry.customer !== customer) throw noSuch(at.what, id, at);
  return entry;
}

function requireLiving(ctx: Context, id: string): Customer {
  const customer = requireOne(ctx, "customer", id, { param: "customer" });
  if (customer.deleted) throw noSuch("customer", id, { param: "customer" });
  return customer;
}
