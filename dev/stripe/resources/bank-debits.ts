import { createHash } from "node:crypto";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { emit } from "../events";
import { newId } from "../ids";
import type { Charge, PaymentIntent, PaymentMethod } from "../objects";
import { recordCharge } from "./balance-transactions";
import { detailsOf } from "./saved-cards";
import { debitAlarm, emitAttempt, refused } from "./payment-attempt";

export type BankEntry = {
  account: string;
  routing: string;
  name: string;
  email: string;
};

/** The account that Stripe documents as one whose debit fails; any other has the money. */
const EMPTY_ACCOUNT = "000222222227";

export function createBankAccount(
  ctx: Context,
  { account, routing, name, email }: BankEntry,
): PaymentMethod {
  const method: PaymentMethod = {
    ...nulls("PaymentMethod"),
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: detailsOf({ email, name }),
    created: ctx.clock.now(),
    livemode: false,
    metadata: {},
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: "individual",
      account_type: "checking",
      bank_name: "STRIPE TEST BANK",
      financial_connections_account: null,
      fingerprint: createHash("sha256")
        .update(`${routing} ${account}`)
        .digest("hex")
        .slice(0, 16),
      last4: account.slice(-4),
      networks: { preferred: "ach", supported: ["ach"] },
      routing_number: routing,
      status_details: null,
    },
  };
  ctx.store.put("payment_method", method);
  ctx.store.put("card_number", {
    id: method.id,
    number: account,
    set_up: false,
  });
  return method;
}

/** The bank's answer, days later; by default what the account number decides. Once answered, nothing changes. */
export function settleDebit(
  ctx: Context,
  id: string,
  outcome?: "arrived" | "failed",
): void {
  const before = ctx.store.get("payment_intent", id);
  const charge = ctx.store.get("charge", before?.latest_charge ?? "");
  const method = ctx.store.get("payment_method", before?.payment_method ?? "");
  if (before?.status !== "processing" || !charge || !method) return;
  ctx.store.remove("alarm", debitAlarm(id));
  const empty =
    ctx.store.get("card_number", method.id)?.number === EMPTY_ACCOUNT;
  const failed = outcome ? outcome === "failed" : empty;
  const attempt = failed
    ? refused(ctx, before, { charge: bounce(ctx, charge), failure, method })
    : { created: before, ...arrive(ctx, before, charge) };
  emitAttempt(ctx, attempt);
  const by = { index: "payment_intent", key: id };
  for (const session of ctx.store.all("checkout_session", by)) {
    const done = failed
      ? session
      : { ...session, payment_status: "paid" as const };
    ctx.store.put("checkout_session", done);
    const outcome = failed ? "failed" : "succeeded";
    emit(ctx, `checkout.session.async_payment_${outcome}`, done);
  }
}

const failure = {
  code: "insufficient_funds",
  message:
    "The customer's account has insufficient funds to cover this payment.",
};

function bounce(ctx: Context, charge: Charge): Charge {
  const failed: Charge = {
    ...charge,
    failure_code: failure.code,
    failure_message: failure.message,
    status: "failed",
  };
  ctx.store.put("charge", failed);
  return failed;
}

function arrive(
  ctx: Context,
  before: PaymentIntent,
  pending: Charge,
): { intent: PaymentIntent; charge: Charge } {
  const charge = recordCharge(ctx, {
    ...pending,
    amount_captured: pending.amount,
    captured: true,
    paid: true,
    receipt_url: `${ctx.origin}/receipts/${pending.id}`,
    status: "succeeded",
  });
  const intent = {
    ...before,
    amount_received: before.amount,
    status: "succeeded" as const,
  };
  ctx.store.put("payment_intent", intent);
  return { intent, charge };
}
