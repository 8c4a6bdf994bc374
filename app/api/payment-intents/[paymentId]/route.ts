import { paymentAccess } from "@/lib/auth/access";
import { paymentAnswer } from "@/lib/billing/answers";
import { paymentPath } from "@/lib/billing/payment-request";
import { getPayment } from "@/lib/billing/payments";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    access: paymentAccess("billing.read"),
    path: paymentPath,
    answer: paymentAnswer,
    summary: "One payment.",
  },
  ({ ctx, input }) => getPayment(ctx, input.paymentId),
);
