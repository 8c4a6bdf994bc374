import type Stripe from "stripe";

/**
 * Whether only the buyer can make its payment go on: at the bank's own page. Off session Stripe reports
 * that as a failure that asks for authentication. Takes an invoice whose payments' payment intents are expanded.
 */
export function needsConfirmation({
  status,
  payments,
}: Stripe.Invoice): boolean {
  if (status !== "open") return false;
  return (payments?.data ?? []).some(({ payment }) => {
    const intent = payment.payment_intent;
    if (typeof intent !== "object") return false;
    const failure = intent.last_payment_error?.code;
    return (
      intent.status === "requires_action" ||
      (intent.status === "requires_payment_method" &&
        failure === "authentication_required")
    );
  });
}
