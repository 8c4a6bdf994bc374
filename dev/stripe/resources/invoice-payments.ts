import { listOf, PAGED } from "../lists";
import { requireOne } from "../lookup";
import { operation } from "../operation";

export const invoicePaymentOperations = [
  operation("invoicePayments.retrieve", {
    run: (ctx, _params, [id]) =>
      requireOne(ctx, "invoice_payment", id, {
        param: "invoice_payment",
        what: "invoice_payment",
      }),
  }),
  operation("invoicePayments.list", {
    built: `${PAGED} created invoice payment.type=payment_intent payment.payment_intent status`,
    run(ctx, params) {
      const { invoice, payment, status } = params;
      const { payment_intent } = payment ?? {};
      return listOf(ctx, {
        kind: "invoice_payment",
        what: "invoice_payment",
        url: "/v1/invoice_payments",
        params,
        where: { invoice, payment_intent, status },
      });
    },
  }),
];
