import { tenantAccess } from "@/lib/auth/access";
import { paymentBegunAnswer, paymentListAnswer } from "@/lib/billing/answers";
import { createPaymentIntent } from "@/lib/billing/create-payment";
import { paymentRequest } from "@/lib/billing/payment-request";
import { listPayments, paymentListRequest } from "@/lib/billing/payments";
import { readRoute, requestKeyOf, route } from "@/lib/platform/http";

export const GET = readRoute(
  {
    access: tenantAccess("billing.read"),
    path: paymentListRequest,
    summary: "Lists the workspace’s payments.",
    answer: paymentListAnswer,
  },
  ({ ctx, input }) => listPayments(ctx, input),
);

export const POST = route(
  {
    access: tenantAccess("billing.write"),
    body: paymentRequest,
    fromForm: ({ quantity, ...fields }) => ({
      ...fields,
      ...(quantity && { quantity: Number(quantity) }),
    }),
    summary: "Begins a payment for something that is bought once.",
    answer: paymentBegunAnswer,
    refusals: [
      "unknown_price",
      "amount_out_of_range",
      "payment_needs_checkout",
      "payment_closed",
      "payment_complete",
      "idempotency_key_missing",
      "idempotency_mismatch",
      "customer_gone",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const body = await createPaymentIntent(ctx, input, key);
    return { body, location: `/t/${ctx.slug}/pay/${body.id}` };
  },
);
