import { DAY, HOUR } from "../calendar";
import type { Context } from "../context";
import {
  invalidRequest,
  isRefusal,
  missingParam,
  noSuch,
  type Refusal,
} from "../errors";
import type { Params } from "../contract/params";
import { emit } from "../events";
import { given } from "../given";
import { newId } from "../ids";
import { listOf, pageOf, PAGED } from "../lists";
import { mergeMetadata } from "../metadata";
import type { Customer, Invoice } from "../objects";
import { operation } from "../operation";
import { noteDueDate } from "./alarms";
import { requireCustomer } from "./customers";
import { collectInvoice, payOutOfBand, settleInvoice } from "./invoice-collect";
import { redeem } from "./discounts";
import { draftInvoice, withLines } from "./invoice-draft";
import { automaticTax } from "./invoice-tax";
import { invoicePreviewOperation } from "./invoice-preview";
import { attemptOpening } from "./invoice-open";
import { pendingItems, takeItems } from "./pending-items";
import { voidInvoice, writeOffInvoice } from "./subscription-status";
import { requireSubscription } from "./subscriptions";
import { onClockOf } from "./clock-of";

export function requireInvoice(ctx: Context, id: string): Invoice {
  const invoice = ctx.store.get("invoice", id);
  if (!invoice) throw noSuch("invoice", id, { param: "invoice" });
  return invoice;
}

/** The invoice and the world on its own clock. */
function enter(world: Context, id: string): [Context, Invoice] {
  const invoice = requireInvoice(world, id);
  return [onClockOf(world, invoice), invoice];
}

/** Finalizes as the API does: an invoice of nothing is paid, another one waits or is due. */
function finalize(
  ctx: Context,
  draft: Invoice,
  advance?: boolean,
): Invoice | Refusal {
  if (draft.status !== "draft")
    throw invalidRequest(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      { code: "invoice_not_editable" },
    );
  const opened = attemptOpening(ctx, draft);
  if (isRefusal(opened)) return opened;
  const { open, intent } = opened;
  const automatic = open.collection_method === "charge_automatically";
  const auto_advance = advance ?? open.auto_advance;
  const due = auto_advance && automatic ? ctx.clock.now() + HOUR : null;
  const invoice = { ...open, auto_advance, next_payment_attempt: due };
  ctx.store.put("invoice", invoice);
  noteDueDate(ctx, invoice);
  emit(ctx, "invoice.finalized", invoice);
  if (!intent)
    return settleInvoice(ctx, invoice, { intent: null, counts: false });
  emit(ctx, "payment_intent.created", intent);
  return invoice;
}

function mustBe(invoice: Invoice, allowed: string[], what: string): void {
  if (allowed.includes(invoice.status)) return;
  throw invalidRequest(
    `You can only ${what} invoices that are ${allowed.join(" or ")}. This invoice is ${invoice.status}.`,
    { code: "invoice_not_editable" },
  );
}

/** What an invoice takes from a request as it is; null unsets. */
function fields(params: Params<"invoices.update">): Partial<Invoice> {
  const { auto_advance, collection_method, description, footer } = params;
  const { default_payment_method, due_date } = params;
  return given({
    auto_advance,
    collection_method,
    default_payment_method,
    description,
    due_date,
    footer,
  });
}

function taxAsked(
  { automatic_tax: asked }: Params<"invoices.update">,
  customer: Customer,
): Partial<Invoice> {
  return asked ? { automatic_tax: automaticTax(asked.enabled, customer) } : {};
}

const SETTABLE =
  "auto_advance automatic_tax.enabled collection_method=charge_automatically|send_invoice days_until_due default_payment_method description due_date footer metadata";

export const invoiceOperations = [
  operation("invoices.create", {
    built: `${SETTABLE} currency customer discounts pending_invoice_items_behavior subscription`,
    run(world, params) {
      const of = params.subscription
        ? requireSubscription(world, params.subscription, {
            param: "subscription",
            status: 400,
          })
        : null;
      const owner = params.customer ?? of?.customer;
      if (!owner) throw missingParam("customer");
      const customer = requireCustomer(world, owner);
      const ctx = onClockOf(world, customer);
      const id = newId("in");
      const pending =
        of || params.pending_invoice_items_behavior === "include"
          ? pendingItems(ctx, customer.id, of?.id ?? null)
          : [];
      const { metadata, days_until_due: days } = params;
      const advances = params.auto_advance ?? false;
      const now = ctx.clock.now();
      const sent = params.collection_method === "send_invoice";
      if (sent && !days && !params.due_date)
        throw missingParam("days_until_due");
      const draft = draftInvoice(ctx, {
        id,
        customer,
        subscription: of,
        lines: takeItems(ctx, id, pending),
        billing_reason: of ? "subscription_update" : "manual",
        currency: params.currency ?? customer.currency ?? "usd",
        waits: advances,
      });
      const currency = draft.currency;
      const redeemed = redeem(
        ctx,
        params.discounts ?? [],
        { customer: customer.id, invoice: id },
        { currency },
      );
      const discounts = [
        ...draft.discounts,
        ...redeemed.map((discount) => discount.id),
      ];
      const invoice: Invoice = {
        ...withLines(ctx, { ...draft, discounts }, draft.lines.data),
        ...fields(params),
        auto_advance: advances,
        due_date: days ? now + days * DAY : (params.due_date ?? null),
        metadata: mergeMetadata({}, metadata),
        ...taxAsked(params, customer),
      };
      ctx.store.put("invoice", invoice);
      emit(ctx, "invoice.created", invoice);
      return invoice;
    },
  }),
  operation("invoices.retrieve", {
    run: (ctx, _params, [id]) => requireInvoice(ctx, id),
  }),
  operation("invoices.update", {
    built: SETTABLE,
    run(world, params, [id]) {
      const [ctx, before] = enter(world, id);
      const editable = params.automatic_tax ? ["draft"] : ["draft", "open"];
      mustBe(before, editable, "update");
      const { metadata, days_until_due: days } = params;
      const invoice: Invoice = {
        ...before,
        ...fields(params),
        ...(days !== undefined && { due_date: before.created + days * DAY }),
        metadata: mergeMetadata(before.metadata ?? {}, metadata),
        ...taxAsked(params, requireCustomer(ctx, before.customer)),
      };
      ctx.store.put("invoice", invoice);
      noteDueDate(ctx, invoice);
      emit(ctx, "invoice.updated", invoice, before);
      return invoice;
    },
  }),
  operation("invoices.del", {
    run(world, _params, [id]) {
      const [ctx, draft] = enter(world, id);
      mustBe(draft, ["draft"], "delete");
      if (draft.parent)
        throw invalidRequest(
          "You can't delete invoices created by subscriptions.",
        );
      const by = { index: "invoice", key: id };
      for (const item of ctx.store.all("invoice_item", by))
        ctx.store.remove("invoice_item", item.id);
      ctx.store.remove("invoice", id);
      emit(ctx, "invoice.deleted", draft);
      return { id, object: "invoice", deleted: true };
    },
  }),
  operation("invoices.finalizeInvoice", {
    built: "auto_advance",
    run(world, params, [id]) {
      const [ctx, draft] = enter(world, id);
      return finalize(ctx, draft, params.auto_advance);
    },
  }),
  operation("invoices.sendInvoice", {
    run(world, _params, [id]) {
      const [ctx, invoice] = enter(world, id);
      mustBe(invoice, ["draft", "open"], "send");
      const open =
        invoice.status === "draft" ? finalize(ctx, invoice) : invoice;
      if (isRefusal(open)) return open;
      emit(ctx, "invoice.sent", open);
      return open;
    },
  }),
  operation("invoices.pay", {
    built: "off_session paid_out_of_band payment_method",
    run(world, params, [id]) {
      const [ctx, invoice] = enter(world, id);
      if (invoice.status === "paid")
        throw invalidRequest("Invoice is already paid", {
          code: "invoice_already_paid",
        });
      mustBe(invoice, ["draft", "open", "uncollectible"], "pay");
      const open =
        invoice.status === "draft" ? finalize(ctx, invoice) : invoice;
      if (isRefusal(open) || open.status === "paid") return open;
      if (params.paid_out_of_band) return payOutOfBand(ctx, open);
      const method = params.payment_method;
      const payer = method && ctx.store.get("payment_method", method);
      if (method && (!payer || payer.customer !== invoice.customer))
        throw noSuch("PaymentMethod", method, {
          param: "payment_method",
          status: 400,
        });
      const paid = collectInvoice(ctx, open, {
        automatic: false,
        ...(payer && { payer }),
      });
      return isRefusal(paid) ? { refusal: paid.refusal } : paid;
    },
  }),
  operation("invoices.voidInvoice", {
    run(world, _params, [id]) {
      const [ctx, invoice] = enter(world, id);
      mustBe(invoice, ["open", "uncollectible"], "void");
      return voidInvoice(ctx, invoice);
    },
  }),
  operation("invoices.markUncollectible", {
    run(world, _params, [id]) {
      const [ctx, invoice] = enter(world, id);
      mustBe(invoice, ["open"], "mark uncollectible");
      return writeOffInvoice(ctx, invoice);
    },
  }),
  invoicePreviewOperation,
  operation("invoices.listLineItems", {
    built: PAGED,
    run: (ctx, params, [id]) =>
      pageOf(
        requireInvoice(ctx, id).lines.data,
        params,
        `/v1/invoices/${id}/lines`,
      ),
  }),
  operation("invoices.list", {
    built: `${PAGED} collection_method created customer status subscription`,
    run(ctx, params) {
      const { customer, subscription, status, collection_method } = params;
      const test_clock = (customer ?? subscription) ? undefined : null;
      return listOf(ctx, {
        kind: "invoice",
        url: "/v1/invoices",
        params,
        where: {
          collection_method,
          customer,
          status,
          subscription,
          test_clock,
        },
      });
    },
  }),
];
