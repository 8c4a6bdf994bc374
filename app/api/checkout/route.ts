import { tenantAccess } from "@/lib/auth/access";
import { openCheckoutAnswer } from "@/lib/billing/answers";
import { createCheckout } from "@/lib/billing/checkout";
import { checkoutRequest } from "@/lib/billing/checkout-request";
import { checkoutRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary:
      "Begins a checkout at Stripe, for a plan or a one-time product; equal requests share one.",
    idempotencyKey: "optional",
    answer: openCheckoutAnswer,
    access: tenantAccess("billing.write"),
    body: checkoutRequest,
    fromForm: ({ quantity, ...fields }) => ({
      ...fields,
      ...(quantity !== undefined && { quantity: wholeNumber(quantity) }),
    }),
    refusals: checkoutRefusals,
  },
  async ({ ctx, input, request }) => {
    const checkout = await createCheckout(
      ctx,
      input,
      request.headers.get("idempotency-key"),
    );
    return { body: checkout, location: checkout.url };
  },
);

/** A number as a person types one; anything else stays text, and the schema refuses it. */
function wholeNumber(text: string): number | string {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : text;
}
