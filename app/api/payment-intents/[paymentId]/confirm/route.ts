import { paymentAccess } from "@/lib/auth/access";
import { paymentStateAnswer } from "@/lib/billing/answers";
import { bankUrl, confirmPayment } from "@/lib/billing/confirm-payment";
import { paymentConfirm } from "@/lib/billing/payment-request";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    access: paymentAccess("billing.write"),
    body: paymentConfirm,
    keep: ["paymentMethodId"],
    answer: paymentStateAnswer("paid", "confirm", "under_way"),
    summary: "Pays with a saved card while its owner is there.",
    refusals: [
      "card_declined",
      "expired_card",
      "incorrect_cvc",
      "incorrect_number",
      "processing_error",
      "payment_method_missing",
      "payment_closed",
      "payment_elsewhere",
      "payment_refused",
      "change_in_progress",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const { state, id } = await confirmPayment(ctx, input, key);
    const page = `/t/${ctx.slug}/pay/${id}`;
    const bank = state === "confirm" ? await bankUrl(id) : null;
    const location = bank ?? page;
    return { body: { id, state, location }, location };
  },
);
