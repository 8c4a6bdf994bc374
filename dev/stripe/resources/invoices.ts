import type { Context } from "../context";
import { noSuch } from "../errors";
import { listOf, listParams, pageOf, pageParams } from "../lists";
import type { Invoice } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

function requireInvoice(ctx: Context, id: string): Invoice {
  const invoice = ctx.store.get("invoice", id);
  if (!invoice) throw noSuch("invoice", id, { param: "invoice" });
  return invoice;
}

export const invoiceOperations = [
  operation({
    method: "GET",
    path: "/v1/invoices/:id",
    params: {},
    run: (ctx, _params, [id]) => requireInvoice(ctx, id),
  }),
  operation({
    method: "GET",
    path: "/v1/invoices/:id/lines",
    params: pageParams,
    run: (ctx, params, [id]) =>
      pageOf(
        requireInvoice(ctx, id).lines.data,
        params,
        `/v1/invoices/${id}/lines`,
      ),
  }),
  operation({
    method: "GET",
    path: "/v1/invoices",
    params: {
      ...listParams,
      collection_method: p.oneOf("charge_automatically", "send_invoice"),
      customer: p.string(),
      customer_account: p.unbuilt(),
      due_date: p.unbuilt(),
      status: p.oneOf("draft", "open", "paid", "uncollectible", "void"),
      subscription: p.string(),
    },
    run(ctx, params) {
      const { customer, subscription, status, collection_method } = params;
      const ofCustomer = customer
        ? { index: "customer", key: customer }
        : undefined;
      return listOf(ctx, {
        kind: "invoice",
        what: "invoice",
        url: "/v1/invoices",
        params,
        by: subscription
          ? { index: "subscription", key: subscription }
          : ofCustomer,
        keep: (invoice) =>
          (!customer || invoice.customer === customer) &&
          (!status || invoice.status === status) &&
          (!collection_method ||
            invoice.collection_method === collection_method),
      });
    },
  }),
];
