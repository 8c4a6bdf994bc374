import type { Context } from "../context";
import { noSuch } from "../errors";
import { newId } from "../ids";
import { listOf, listParams } from "../lists";
import type { Invoice, InvoicePayment, PaymentIntent } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

export function putInvoicePayment(
  ctx: Context,
  invoice: Invoice,
  intent: PaymentIntent,
): InvoicePayment {
  const paid = intent.status === "succeeded";
  const payment: InvoicePayment = {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: paid ? intent.amount : null,
    amount_requested: intent.amount,
    created: ctx.clock.now(),
    currency: intent.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: paid ? "paid" : "open",
    status_transitions: {
      canceled_at: null,
      paid_at: paid ? ctx.clock.now() : null,
    },
  };
  ctx.store.put("invoice_payment", payment);
  return payment;
}

export const invoicePaymentOperations = [
  operation({
    method: "GET",
    path: "/v1/invoice_payments/:id",
    params: {},
    run(ctx, _params, [id]) {
      const payment = ctx.store.get("invoice_payment", id);
      if (!payment)
        throw noSuch("invoice_payment", id, { param: "invoice_payment" });
      return payment;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/invoice_payments",
    params: {
      ...listParams,
      invoice: p.string(),
      payment: p.object({
        payment_intent: p.string(),
        payment_record: p.unbuilt(),
        type: p.required(p.oneOf("payment_intent", "payment_record")),
      }),
      status: p.oneOf("canceled", "open", "paid"),
    },
    run(ctx, params) {
      const { invoice, payment, status } = params;
      const intent = payment?.payment_intent;
      const ofIntent = intent
        ? { index: "payment_intent", key: intent }
        : undefined;
      return listOf(ctx, {
        kind: "invoice_payment",
        what: "invoice_payment",
        url: "/v1/invoice_payments",
        params,
        by: invoice ? { index: "invoice", key: invoice } : ofIntent,
        keep: (one) =>
          (!status || one.status === status) &&
          (!intent || one.payment.payment_intent === intent),
      });
    },
  }),
];
