import { checkoutAccess } from "@/lib/auth/access";
import { checkoutAnswer } from "@/lib/billing/answers";
import { cancelCheckout, sessionPath } from "@/lib/billing/open-checkout";
import { stripeRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Ends an open checkout.",
    answer: checkoutAnswer,
    access: checkoutAccess("billing.write"),
    body: sessionPath,
    refusals: ["checkout_complete", ...stripeRefusals],
  },
  async ({ ctx, input }) => {
    const checkout = await cancelCheckout(ctx, input.sessionId);
    return { body: checkout, location: `/checkout/${checkout.id}` };
  },
);
