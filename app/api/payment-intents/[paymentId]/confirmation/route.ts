import { paymentAccess } from "@/lib/auth/access";
import { confirmationAnswer } from "@/lib/billing/answers";
import { getPaymentConfirmation } from "@/lib/billing/confirmation";
import { paymentPath } from "@/lib/billing/payment-request";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    access: paymentAccess("billing.write"),
    path: paymentPath,
    answer: confirmationAnswer,
    summary: "What Stripe.js needs to let the buyer pay it.",
    refusals: ["payment_closed", "payment_complete", "payment_elsewhere"],
  },
  ({ ctx, input }) => getPaymentConfirmation(ctx, input.paymentId),
);
