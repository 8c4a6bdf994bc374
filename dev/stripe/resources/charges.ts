import type { CardFailure } from "../cards";
import { MERCHANT, type Context } from "../context";
import { noSuch } from "../errors";
import { newId } from "../ids";
import { listOf, listParams } from "../lists";
import type { Charge, PaymentIntent, PaymentMethod } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

/** Stores the attempt to take an intent's money; events are the caller's. */
export function putCharge(
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  failure: CardFailure | undefined,
): Charge {
  const id = newId("ch");
  const charge: Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: failure ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: MERCHANT.toUpperCase().slice(0, 22),
    captured: !failure,
    created: ctx.clock.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    destination: null,
    dispute: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    order: null,
    outcome: outcomeOf(failure),
    paid: !failure,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: {
        amount_authorized: failure ? null : intent.amount,
        authorization_code: failure ? null : "123456",
        brand: method.card.brand,
        checks: method.card.checks,
        country: method.card.country,
        electronic_commerce_indicator: null,
        exp_month: method.card.exp_month,
        exp_year: method.card.exp_year,
        fingerprint: method.card.fingerprint ?? null,
        funding: method.card.funding,
        installments: null,
        last4: method.card.last4,
        mandate: null,
        network: method.card.brand,
        network_token: { used: false },
        network_transaction_id: null,
        regulated_status: "unregulated",
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
      type: "card",
    },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: failure ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
  ctx.store.put("charge", charge);
  return charge;
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
  operation({
    method: "GET",
    path: "/v1/charges/:id",
    params: {},
    run(ctx, _params, [id]) {
      const charge = ctx.store.get("charge", id);
      if (!charge) throw noSuch("charge", id, { param: "id" });
      return charge;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/charges",
    params: {
      ...listParams,
      customer: p.string(),
      payment_intent: p.string(),
      transfer_group: p.unbuilt(),
    },
    run(ctx, params) {
      const { customer, payment_intent } = params;
      const ofCustomer = customer
        ? { index: "customer", key: customer }
        : undefined;
      return listOf(ctx, {
        kind: "charge",
        what: "charge",
        url: "/v1/charges",
        params,
        by: payment_intent
          ? { index: "payment_intent", key: payment_intent }
          : ofCustomer,
        keep: (charge) => !customer || charge.customer === customer,
      });
    },
  }),
];
