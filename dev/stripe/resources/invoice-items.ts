import type { Context } from "../context";
import { invalidRequest, missingParam, noSuch } from "../errors";
import { given } from "../given";
import { listOf, PAGED } from "../lists";
import { mergeMetadata } from "../metadata";
import { priceAmount } from "./price-amount";
import type { Invoice, InvoiceItem } from "../objects";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import { withLines } from "./invoice-draft";
import { requireInvoice } from "./invoices";
import { lineOf, putInvoiceItem, takeItems } from "./pending-items";
import { requirePrice } from "./prices";
import { onClockOf } from "./clock-of";

function requireItem(ctx: Context, id: string): InvoiceItem {
  const item = ctx.store.get("invoice_item", id);
  if (!item) throw noSuch("invoiceitem", id, { param: "invoiceitem" });
  return item;
}

function changeable(ctx: Context, item: InvoiceItem): Invoice | undefined {
  const invoice = item.invoice ? requireInvoice(ctx, item.invoice) : undefined;
  if (!invoice || invoice.status === "draft") return invoice;
  throw invalidRequest(
    "This invoice item is attached to an invoice that is no longer editable.",
  );
}

/** The draft's line of an item, as the item is now; gone if there is none. */
function redraw(ctx: Context, invoice: Invoice, id: string): void {
  const item = ctx.store.get("invoice_item", id);
  const lines = invoice.lines.data.flatMap((line) => {
    const { parent } = line;
    const of =
      parent?.invoice_item_details ?? parent?.subscription_item_details;
    if (of?.invoice_item !== id) return [line];
    return item ? [{ ...lineOf(invoice.id, item), id: line.id }] : [];
  });
  ctx.store.put("invoice", withLines(ctx, invoice, lines));
}

export const invoiceItemOperations = [
  operation("invoiceItems.create", {
    built:
      "amount currency customer description discountable invoice metadata period pricing quantity subscription",
    run(world, params) {
      const target = params.invoice
        ? requireInvoice(world, params.invoice)
        : undefined;
      const owner = params.customer ?? target?.customer;
      if (!owner) throw missingParam("customer");
      const customer = requireCustomer(world, owner);
      const ctx = onClockOf(world, customer);
      if (target && target.status !== "draft")
        throw invalidRequest("You can only add items to a draft invoice.", {
          param: "invoice",
        });
      const at = { param: "pricing[price]", status: 400 } as const;
      const price = params.pricing?.price
        ? requirePrice(ctx, params.pricing.price, at)
        : undefined;
      const quantity = params.quantity ?? 1;
      if (!price && params.amount === undefined) throw missingParam("amount");
      const currency = price?.currency ?? params.currency ?? target?.currency;
      if (!currency) throw missingParam("currency");
      const now = ctx.clock.now();
      const product = price && ctx.store.get("product", price.product);
      const item = putInvoiceItem(ctx, {
        amount: price
          ? priceAmount(ctx, price, quantity)
          : (params.amount ?? 0),
        currency,
        customer: customer.id,
        description: params.description ?? product?.name ?? null,
        discountable: params.discountable ?? (params.amount ?? 0) >= 0,
        metadata: mergeMetadata({}, params.metadata),
        parent: params.subscription
          ? {
              subscription_details: { subscription: params.subscription },
              type: "subscription_details",
            }
          : null,
        period: params.period ?? { start: now, end: now },
        pricing: price
          ? {
              price_details: { price: price.id, product: price.product },
              type: "price_details",
              unit_amount_decimal: price.unit_amount_decimal,
            }
          : null,
        quantity,
        test_clock: customer.test_clock,
      });
      if (!target) return item;
      const lines = takeItems(ctx, target.id, [item]);
      ctx.store.put(
        "invoice",
        withLines(ctx, target, [...target.lines.data, ...lines]),
      );
      return requireItem(ctx, item.id);
    },
  }),
  operation("invoiceItems.retrieve", {
    run: (ctx, _params, [id]) => requireItem(ctx, id),
  }),
  operation("invoiceItems.update", {
    built: "amount description metadata quantity",
    run(ctx, params, [id]) {
      const before = requireItem(ctx, id);
      const invoice = changeable(ctx, before);
      const { amount: asked, description, metadata } = params;
      const price = before.pricing?.price_details.price;
      const unit = price && ctx.store.get("price", price);
      const quantity = params.quantity ?? before.quantity;
      const amount = unit ? priceAmount(ctx, unit, quantity) : before.amount;
      const item: InvoiceItem = {
        ...before,
        amount,
        ...given({ amount: asked, description }),
        quantity,
        metadata: mergeMetadata(before.metadata ?? {}, metadata),
        quantity_decimal: String(quantity),
      };
      ctx.store.put("invoice_item", { ...item, net_amount: item.amount });
      if (invoice) redraw(ctx, invoice, id);
      return requireItem(ctx, id);
    },
  }),
  operation("invoiceItems.del", {
    run(ctx, _params, [id]) {
      const invoice = changeable(ctx, requireItem(ctx, id));
      ctx.store.remove("invoice_item", id);
      if (invoice) redraw(ctx, invoice, id);
      return { id, object: "invoiceitem", deleted: true };
    },
  }),
  operation("invoiceItems.list", {
    built: `${PAGED} created customer invoice pending`,
    run(ctx, params) {
      const { customer, invoice, pending } = params;
      return listOf(ctx, {
        kind: "invoice_item",
        what: "invoiceitem",
        url: "/v1/invoiceitems",
        params,
        where: { customer, invoice },
        keep: (item) =>
          pending === undefined || (item.invoice === null) === pending,
      });
    },
  }),
];
