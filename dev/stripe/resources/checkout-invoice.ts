import type { Context } from "../context";
import { notBuilt } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import type { Customer, Invoice, PaymentIntent } from "../objects";
import type { CheckoutPlan } from "../records";
import { emitPaid, putPaid } from "./invoice-collect";
import { draftInvoice, withLines } from "./invoice-draft";
import { openInvoice } from "./invoice-open";
import { putOneTime, takeItems } from "./pending-items";

/** The paid invoice of a one-time purchase that asked for one, with its events. */
export function invoicePurchase(
  ctx: Context,
  { invoice: asked, lines: bought }: CheckoutPlan,
  customer: Customer,
  paid: { intent: PaymentIntent | null; discounts: string[] },
): Invoice | null {
  const [first] = bought;
  if (!asked || !first) return null;
  if (customer.balance !== 0)
    throw notBuilt("invoice_creation for a customer with a balance");
  const id = newId("in");
  const items = bought.map((line) =>
    putOneTime(ctx, line, { customer: customer.id }),
  );
  const lines = takeItems(ctx, id, items);
  const { currency } = first;
  const bare = draftInvoice(ctx, {
    id,
    customer,
    subscription: null,
    currency,
    lines,
    billing_reason: "manual",
  });
  const discounted = { ...bare, ...asked, discounts: paid.discounts };
  const draft = withLines(ctx, discounted, lines);
  const { open } = openInvoice(ctx, draft, customer, paid.intent ?? undefined);
  emit(ctx, "invoice.created", draft);
  emit(ctx, "invoice.finalized", open);
  const done = putPaid(ctx, open, paid.intent, { counts: true });
  emitPaid(ctx, done.invoice, done.payment);
  return done.invoice;
}
