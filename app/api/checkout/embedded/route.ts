import { tenantAccess } from "@/lib/auth/access";
import { embeddedCheckoutAnswer } from "@/lib/billing/answers";
import { checkoutRequest } from "@/lib/billing/checkout-request";
import { createEmbeddedCheckout } from "@/lib/billing/embedded-checkout";
import { checkoutRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

/** For scripts: what it answers with is of no use to a form. */
export const POST = route(
  {
    summary: "Begins a checkout that is shown within a page of yours.",
    idempotencyKey: "optional",
    answer: embeddedCheckoutAnswer,
    access: tenantAccess("billing.write"),
    body: checkoutRequest,
    refusals: checkoutRefusals,
  },
  async ({ ctx, input, request }) => {
    const checkout = await createEmbeddedCheckout(
      ctx,
      input,
      request.headers.get("idempotency-key"),
    );
    return { body: checkout, location: `/checkout/${checkout.id}` };
  },
);
