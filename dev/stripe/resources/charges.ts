import type { CardFailure } from "../cards";
import { MERCHANT, type Context } from "../context";
import { nulls } from "../contract/nulls";
import { checkEmail } from "../checks";
import { emit } from "../events";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import type { Charge, PaymentIntent, PaymentMethod } from "../objects";
import { listing, requireOne, retrieval } from "../lookup";
import { operation } from "../operation";
import { recordCharge } from "./balance-transactions";
import { noteDispute } from "./disputes";
import { noteSuspicion } from "./hearsay";

/** Stores the attempt to take an intent's money, which a bank may answer later; events are the caller's. */
export function putCharge(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  verdict: CardFailure | "later" | undefined,
): Charge {
  const id = newId("ch");
  const later = verdict === "later";
  const failure = later ? undefined : verdict;
  const held = !failure && intent.capture_method === "manual";
  const taken = verdict || held ? 0 : intent.amount;
  const charge: Charge = {
    ...nulls("Charge"),
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: taken,
    amount_refunded: 0,
    billing_details: method.billing_details,
    calculated_statement_descriptor: MERCHANT.toUpperCase().slice(0, 22),
    captured: !verdict && !held,
    created: ctx.clock.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    destination: null,
    dispute: null,
    disputed: false,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    order: null,
    outcome: outcomeOf(failure),
    paid: !verdict,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, failure ? null : intent.amount),
    receipt_email: intent.receipt_email,
    receipt_url: verdict ? null : `${ctx.origin}/receipts/${id}`,
    refunded: false,
    shipping: intent.shipping,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: later ? "pending" : failure ? "failed" : "succeeded",
  };
  ctx.store.put("charge", charge);
  if (!charge.captured) return charge;
  noteDispute(ctx, charge);
  noteSuspicion(ctx, charge);
  return recordCharge(ctx, charge);
}

function detailsOf(
  { card, us_bank_account: account }: PaymentMethod,
  authorized: number | null,
): Charge["payment_method_details"] {
  if (account) {
    const { account_holder_type, account_type, bank_name } = account;
    const { fingerprint, last4, routing_number } = account;
    return {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type,
        account_type,
        bank_name,
        fingerprint,
        last4,
        payment_reference: null,
        routing_number,
      },
    };
  }
  if (!card) return null;
  const { brand, checks, country, exp_month, exp_year, funding, last4 } = card;
  return {
    card: {
      amount_authorized: authorized,
      authorization_code: authorized === null ? null : "123456",
      brand,
      checks,
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      fingerprint: card.fingerprint ?? null,
      funding,
      installments: null,
      last4,
      mandate: null,
      network: brand,
      network_token: { used: false },
      network_transaction_id: null,
      regulated_status: "unregulated",
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
    type: "card",
  };
}

function outcomeOf(failure: CardFailure | undefined): Charge["outcome"] {
  return {
    advice_code: failure ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: failure ? "01" : null,
    network_status: failure ? "declined_by_network" : "approved_by_network",
    reason: failure ? (failure.decline_code ?? failure.code) : null,
    risk_level: "normal",
    risk_score: 20,
    seller_message: failure
      ? "The bank did not return any further details with this decline."
      : "Payment complete.",
    type: failure ? "issuer_declined" : "authorized",
  };
}

export const chargeOperations = [
  retrieval("charges.retrieve", "charge"),
  operation("charges.update", {
    built: "description metadata receipt_email",
    run(ctx, params, [id]) {
      const before = requireOne(ctx, "charge", id, { param: "id" });
      checkEmail(params.receipt_email, "receipt_email");
      const charge: Charge = {
        ...before,
        description: params.description ?? before.description,
        metadata: mergeMetadata(before.metadata, params.metadata),
        receipt_email: params.receipt_email ?? before.receipt_email,
      };
      ctx.store.put("charge", charge);
      emit(ctx, "charge.updated", charge, before);
      return charge;
    },
  }),
  listing("charges.list", "charge", {
    url: "/v1/charges",
    filters: "created customer payment_intent",
  }),
];
