import { paymentAccess } from "@/lib/auth/access";
import { paymentStateAnswer } from "@/lib/billing/answers";
import { cancelPayment } from "@/lib/billing/cancel-payment";
import { paymentCancel } from "@/lib/billing/payment-request";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    access: paymentAccess("billing.write"),
    body: paymentCancel,
    answer: paymentStateAnswer("cancelled"),
    summary: "Calls off a payment that was not paid.",
    refusals: [
      "payment_complete",
      "payment_under_way",
      "payment_elsewhere",
      "payment_refused",
      "change_in_progress",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const body = await cancelPayment(ctx, input, key);
    return { body, location: `/t/${ctx.slug}/billing` };
  },
);
