import type { Problem } from "@/app/_components/form-alert";
import {
  askStripeJs,
  send,
  silent,
} from "@/app/t/[tenant]/_components/ask-stripe-js";

type Done = { location: string } | { problem: Problem };

/** Asks the buyer's bank, then has the invoice looked at again. Never throws: no answer is a problem in words. */
export async function confirmWithBank(input: {
  invoiceId: string;
  action: string;
  tenantId: string;
}): Promise<Done> {
  try {
    const { invoiceId, action, tenantId } = input;
    const asked = await askStripeJs(`/api/invoices/${invoiceId}/confirmation`);
    if ("problem" in asked) return asked;
    const { stripe, clientSecret } = asked;
    const outcome = await stripe.handleNextAction({ clientSecret });
    if (outcome.error) return { problem: refused };
    const requestKey = crypto.randomUUID();
    const paid = await send(action, { tenantId, requestKey });
    if ("problem" in paid) return paid;
    return { location: paid.answer["location"] ?? location.pathname };
  } catch {
    return { problem: silent };
  }
}

const refused: Problem = {
  code: "not_confirmed",
  message:
    "Your bank did not confirm this payment. Nothing was charged. Pay again below, with this card or another one.",
  requestId: null,
};
