import { noSuch } from "../errors";
import { listOf, listParams } from "../lists";
import { operation } from "../operation";
import * as p from "../params";

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
