import type Stripe from "stripe";
import { systemDb, type Prisma } from "@/lib/platform/db";
import { isMissing, stripe } from "@/lib/platform/stripe";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { addMails } from "./effect";
import { invoiceMails } from "./invoice-mails";
import { needsConfirmation } from "./needs-confirmation";
import { idOf } from "./reference";
import { resolveOwner } from "./resolve-owner";
import type { SyncCause, SyncResult } from "./result";
import { takeReadTicket } from "./read-budget";
import { claimNewest } from "./ticket";

/** Fetches the invoice and stores what Stripe says. Repeatable; an older answer changes nothing. */
export async function syncInvoice(
  id: string,
  cause: SyncCause,
): Promise<SyncResult> {
  const ticket = await takeReadTicket(cause.actor);
  const invoice = await fetchInvoice(id);
  if (!invoice) return { ignored: "gone" };
  const owner = await resolveOwner(invoice, cause);
  if ("ignored" in owner) return owner;
  await saveInvoice(invoice, { ...owner, ticket });
  return owner;
}

async function saveInvoice(
  invoice: Stripe.Invoice,
  { tenantId, ticket }: { tenantId: string; ticket: bigint },
): Promise<void> {
  const key = { tenantId, id: invoice.id };
  const row = toRow(invoice);
  await systemDb("save invoice", async (tx) => {
    if (!(await claimNewest(tx, { stripeId: invoice.id, tenantId, ticket })))
      return;
    const before = await tx.invoice.findUnique({
      where: { tenantId_id: key },
      select: { id: true },
    });
    await tx.invoice.upsert({
      where: { tenantId_id: key },
      create: { ...key, ...row },
      update: row,
    });
    const mails = invoiceMails(invoice, { known: before !== null });
    await addMails(tx, tenantId, mails);
  });
}

/** The subscription of an invoice lives under `parent` since API version basil (hazard 34). */
function toRow(invoice: Stripe.Invoice) {
  return {
    customerId: idOf(invoice.customer) ?? "",
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    livemode: invoice.livemode,
    status: invoice.status,
    number: invoice.number,
    billingReason: invoice.billing_reason,
    currency: invoice.currency,
    total: BigInt(invoice.total),
    amountDue: BigInt(invoice.amount_due),
    amountPaid: BigInt(invoice.amount_paid),
    amountCredited: BigInt(invoice.post_payment_credit_notes_amount),
    paymentIds: paymentIds(invoice),
    attemptCount: invoice.attempt_count,
    actionRequired: needsConfirmation(invoice),
    nextAttemptAt: fromUnixOrNull(invoice.next_payment_attempt),
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
    paidAt: fromUnixOrNull(invoice.status_transitions.paid_at),
    createdAt: fromUnix(invoice.created),
  } satisfies Omit<Prisma.InvoiceUncheckedCreateInput, "tenantId" | "id">;
}

/** Ten at most come along (hazard 15); each attempt at an invoice is of the same payment, until that is cancelled. */
function paymentIds({ payments }: Stripe.Invoice): string[] {
  const ids = payments?.data.map(({ payment }) => idOf(payment.payment_intent));
  return [...new Set(ids?.filter((id) => id !== null))];
}

async function fetchInvoice(id: string): Promise<Stripe.Invoice | null> {
  try {
    return await stripe().invoices.retrieve(id, {
      expand: ["payments.data.payment.payment_intent"],
    });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
