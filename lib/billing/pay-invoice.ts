import Stripe from "stripe";
import { z } from "zod";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { livemode } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { stripe } from "@/lib/platform/stripe";
import { line } from "@/lib/platform/text";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncSubscription } from "@/lib/sync/subscription";
import type { Invoice } from "@/prisma/client/client";
import { requireOwnMethod } from "./payment-methods";
import { refusalOf } from "./refusal";
import { runCommand } from "./subscription-command";

export const payRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  invoiceId: line(255),
  /** One of the tenant's own saved cards; without it Stripe takes the one of the subscription. */
  paymentMethodId: line(255).optional(),
  requestKey: line(255).optional(),
});

export type InvoicePaid = {
  /** `confirm`: the buyer's bank wants to ask the buyer. */
  state: "paid" | "confirm";
  invoiceId: string;
};

/**
 * Pays an open invoice with a saved card while the buyer is there. Paid already is success. Throws not_found,
 * invoice_closed, card_declined, payment_method_missing, and what runCommand throws.
 */
export async function payInvoice(
  ctx: TenantContext,
  input: z.infer<typeof payRequest>,
  requestKey: string | null,
): Promise<InvoicePaid> {
  const { invoiceId: id, paymentMethodId: card } = input;
  await requireInvoice(ctx, id);
  const fingerprint = JSON.stringify([id, card]);
  return runCommand(
    ctx,
    { subject: id, kind: "invoice.payment_asked", requestKey, fingerprint },
    async (run) => {
      if (card) await requireOwnMethod(ctx, card);
      await syncInvoice(id, ctx);
      const { status } = await requireInvoice(ctx, id);
      if (status === "paid") return { state: "paid", invoiceId: id };
      if (status !== "open") throw new AppError("invoice_closed");
      const tried = await collect(ctx, {
        invoiceId: id,
        key: run.key("pay"),
        ...(card && { method: card }),
      });
      if (tried.state === "refused") throw tried.error;
      return { state: tried.state, invoiceId: id };
    },
  );
}

type Tried =
  { state: InvoicePaid["state"] } | { state: "refused"; error: Error };

/**
 * One attempt at an invoice's money, with its owner there. Whatever became of it is stored before this answers.
 */
export async function collect(
  ctx: TenantContext,
  input: {
    invoiceId: string;
    key: { idempotencyKey: string };
    method?: string;
  },
): Promise<Tried> {
  const { invoiceId: id, key, method } = input;
  const params = {
    off_session: false,
    ...(method && { payment_method: method }),
  };
  const refusal = await refusalOf(() => stripe().invoices.pay(id, params, key));
  const now = await syncPaid(ctx, id);
  if (now.status === "paid" || !refusal) return { state: "paid" };
  if (now.actionRequired) return { state: "confirm" };
  const error =
    refusal instanceof Stripe.errors.StripeCardError
      ? refusal
      : new AppError("payment_method_missing", { cause: refusal });
  return { state: "refused", error };
}

/** The invoice and what depends on it. */
async function syncPaid(ctx: TenantContext, id: string): Promise<Invoice> {
  await syncInvoice(id, ctx);
  const invoice = await requireInvoice(ctx, id);
  if (invoice.subscriptionId)
    await syncSubscription(invoice.subscriptionId, ctx);
  return invoice;
}

/** The tenant's own invoice. Throws not_found. */
export async function requireInvoice(
  { tenantId }: { tenantId: string },
  id: string,
): Promise<Invoice> {
  const where = { tenantId, id, livemode: livemode() };
  const invoice = await tenantDb({ tenantId }, (tx) =>
    tx.invoice.findFirst({ where }),
  );
  if (!invoice) throw new AppError("not_found");
  return invoice;
}
