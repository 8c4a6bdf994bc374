import type Stripe from "stripe";
import type { MailRequest } from "@/lib/emails/payload";
import { fromUnix, fromUnixOrNull } from "@/lib/platform/time";
import { needsConfirmation } from "./needs-confirmation";
import { isNews } from "./news";
import { idOf } from "./reference";

/**
 * The mails that an invoice asks for. `known`: it was stored before. Asked again for the same invoice it
 * names the same causes. Takes an invoice whose payments' payment intents are expanded.
 */
export function invoiceMails(
  invoice: Stripe.Invoice,
  { known }: { known: boolean },
): MailRequest[] {
  if (invoice.total <= 0) return [];
  if (invoice.status === "paid") return receiptOf(invoice);
  // Of its first payment the buyer is told where they pay (hazard 69).
  if (
    invoice.status !== "open" ||
    invoice.billing_reason === "subscription_create"
  )
    return [];
  const { finalized_at: finalizedAt } = invoice.status_transitions;
  if (!known && !isNews(fromUnixOrNull(finalizedAt))) return [];
  const asksBuyer = needsConfirmation(invoice);
  if (!asksBuyer && !hasFailed(invoice)) return [];
  const attempt = invoice.attempt_count;
  return [
    {
      kind: asksBuyer ? "mail.action_required" : "mail.payment_failed",
      cause: `${invoice.id}:${attempt}`,
      payload: {
        invoiceId: invoice.id,
        customerId: idOf(invoice.customer),
        attempt,
      },
    },
  ];
}

function receiptOf(invoice: Stripe.Invoice): MailRequest[] {
  const paidAt = fromUnixOrNull(invoice.status_transitions.paid_at);
  if (!paidAt || !isNews(paidAt)) return [];
  const payload = {
    invoiceId: invoice.id,
    customerId: idOf(invoice.customer),
    paidAt: paidAt.toISOString(),
    lines: invoice.lines.data.map(toLine),
  };
  return [{ kind: "mail.receipt", cause: invoice.id, payload }];
}

function toLine(line: Stripe.InvoiceLineItem) {
  return {
    productId: idOf(line.pricing?.price_details?.product),
    description: line.description,
    amount: String(line.amount),
    from: fromUnix(line.period.start).toISOString(),
    until: fromUnix(line.period.end).toISOString(),
  };
}

/** Neither one that is under way nor, before the first attempt, any has failed. */
function hasFailed({
  attempt_count: attempts,
  payments,
}: Stripe.Invoice): boolean {
  const intents = (payments?.data ?? [])
    .map(({ payment }) => payment.payment_intent)
    .filter((intent) => intent !== undefined && typeof intent !== "string");
  const failed = intents.some(
    ({ status }) => status === "requires_payment_method",
  );
  // Without a payment method there was nothing to try with, and no payment intent either.
  return attempts > 0 && (failed || intents.length === 0);
}
