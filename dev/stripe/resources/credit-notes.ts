import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { pageOf, PAGED } from "../lists";
import { listing, requireOne, retrieval } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { CreditNote, Invoice } from "../objects";
import { operation } from "../operation";
import { onClockOf, onWall } from "./clock-of";
import { draftNote, linkTo } from "./credit-note-draft";
import { adjustBalance } from "./customer-balance";
import { requireCustomer } from "./customers";
import { settleInvoice } from "./invoice-collect";
import { cancelPayment, paymentOf, requestPayment } from "./invoice-open";
import { refundCharge } from "./refunds";

type Asked = Params<"creditNotes.create">;

const ASKABLE = `amount credit_amount effective_at email_type invoice memo metadata out_of_band_amount reason
  refund_amount refunds[].amount_refunded refunds[].refund refunds[].type=refund lines[].amount lines[].description
  lines[].invoice_line_item lines[].metadata lines[].quantity lines[].type lines[].unit_amount
  lines[].unit_amount_decimal`;

export const creditNoteOperations = [
  operation("creditNotes.create", {
    built: ASKABLE,
    run(world, params) {
      const [ctx, invoice] = enter(world, params.invoice);
      const draft = draftNote(ctx, invoice, params);
      const note = giveBack(ctx, draft, invoice, params);
      ctx.store.put("credit_note", note);
      reduce(ctx, invoice, note);
      emit(ctx, "credit_note.created", note);
      return note;
    },
  }),
  operation("creditNotes.preview", {
    built: ASKABLE,
    run: (world, params) => draftNote(...enter(world, params.invoice), params),
  }),
  operation("creditNotes.listPreviewLineItems", {
    built: `${PAGED} ${ASKABLE}`,
    run(world, params) {
      const { lines } = draftNote(...enter(world, params.invoice), params);
      return pageOf(lines.data, params, "/v1/credit_notes/preview/lines");
    },
  }),
  retrieval("creditNotes.retrieve", "credit_note"),
  operation("creditNotes.update", {
    built: "memo metadata",
    run(ctx, { memo, metadata }, [id]) {
      const before = requireNote(ctx, id);
      const note = {
        ...before,
        ...given({ memo }),
        metadata: mergeMetadata(before.metadata ?? {}, metadata),
      };
      ctx.store.put("credit_note", note);
      emit(ctx, "credit_note.updated", note, before);
      return note;
    },
  }),
  operation("creditNotes.voidCreditNote", {
    run(world, _params, [id]) {
      const before = requireNote(world, id);
      const [ctx, invoice] = enter(world, before.invoice);
      if (before.status === "void")
        throw invalidRequest("This credit note has already been voided.");
      if (invoice.status !== "open" || before.type !== "pre_payment")
        throw invalidRequest(
          "You can only void credit notes that reduced an invoice which is still open.",
        );
      const voided_at = ctx.clock.now();
      const note = { ...before, status: "void" as const, voided_at };
      ctx.store.put("credit_note", note);
      putCredited(ctx, invoice, { pre: -note.pre_payment_amount, post: 0 });
      emit(ctx, "credit_note.voided", note);
      return note;
    },
  }),
  operation("creditNotes.listLineItems", {
    built: PAGED,
    run: (ctx, params, [id]) =>
      pageOf(
        requireNote(ctx, id).lines.data,
        params,
        `/v1/credit_notes/${id}/lines`,
      ),
  }),
  listing("creditNotes.list", "credit_note", {
    url: "/v1/credit_notes",
    filters: "created customer invoice",
  }),
];

function requireNote(ctx: Context, id: string): CreditNote {
  return requireOne(ctx, "credit_note", id, { param: "id" });
}

/** The invoice of a note, and the world on its own clock. */
function enter(world: Context, id: string): [Context, Invoice] {
  const at = { param: "invoice", status: 400 as const };
  const invoice = requireOne(world, "invoice", id, at);
  return [onClockOf(world, invoice), invoice];
}

/** What a note gives back of money that was paid: a refund, credit for later, or nothing that is seen here. */
function giveBack(
  ctx: Context,
  note: CreditNote,
  invoice: Invoice,
  { credit_amount = 0, refund_amount = 0 }: Asked,
): CreditNote {
  const refunds = [...note.refunds];
  if (refund_amount > 0) {
    const intent = paymentOf(ctx, invoice)?.intent;
    const charge = ctx.store.get("charge", intent?.latest_charge ?? "");
    if (charge?.status !== "succeeded")
      throw invalidRequest("This invoice has no charge to refund.", {
        param: "refund_amount",
      });
    const refund = refundCharge(onWall(ctx), charge, { amount: refund_amount });
    refunds.push(linkTo(refund.id, refund_amount));
  }
  if (credit_amount === 0) return { ...note, refunds };
  const { entry } = adjustBalance(ctx, requireCustomer(ctx, note.customer), {
    amount: -credit_amount,
    credit_note: note.id,
    currency: note.currency,
    invoice: invoice.id,
    type: "credit_note",
  });
  return { ...note, refunds, customer_balance_transaction: entry.id };
}

/** The invoice asks for less, and is paid where that leaves nothing. */
function reduce(ctx: Context, before: Invoice, note: CreditNote): void {
  const invoice = putCredited(ctx, before, {
    pre: note.pre_payment_amount,
    post: note.post_payment_amount,
  });
  if (invoice.status !== "open" || invoice.amount_remaining > 0) return;
  cancelPayment(ctx, invoice);
  settleInvoice(ctx, invoice, { intent: null, counts: false });
}

function putCredited(
  ctx: Context,
  before: Invoice,
  { pre, post }: { pre: number; post: number },
): Invoice {
  const invoice = {
    ...before,
    amount_due: before.amount_due - pre,
    amount_remaining: before.amount_remaining - pre,
    post_payment_credit_notes_amount:
      before.post_payment_credit_notes_amount + post,
    pre_payment_credit_notes_amount:
      before.pre_payment_credit_notes_amount + pre,
  };
  ctx.store.put("invoice", invoice);
  if (pre !== 0) requestPayment(ctx, invoice);
  emit(ctx, "invoice.updated", invoice, before);
  return invoice;
}
