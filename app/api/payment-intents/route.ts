import { tenantAccess } from "@/lib/auth/access";
import { createPaymentIntent } from "@/lib/billing/create-payment";
import { paymentRequest } from "@/lib/billing/payment-request";
import { listPayments, paymentsRequest } from "@/lib/billing/payments";
import { readRoute, requestKeyOf, route } from "@/lib/platform/http";

export const GET = readRoute(
  {
    access: tenantAccess("billing.read"),
    path: paymentsRequest,
    summary: "Payments of a workspace, newest first.",
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
    refusals: [
      "unknown_price",
      "amount_out_of_range",
      "payment_needs_checkout",
      "payment_closed",
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
