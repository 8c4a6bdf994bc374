import { tenantAccess } from "@/lib/auth/access";
import { detachPaymentMethod } from "@/lib/billing/detach-payment-method";
import { paymentMethodPath } from "@/lib/billing/payment-methods";
import { commandRefusals } from "@/lib/billing/refusals";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Removes a saved payment method.",
    answer: nothing,
    access: tenantAccess("billing.write"),
    body: paymentMethodPath,
    keep: ["paymentMethodId"],
    refusals: ["payment_method_in_use", ...commandRefusals],
  },
  async ({ ctx, input }) => {
    await detachPaymentMethod(ctx, input);
    const location = `/t/${ctx.slug}/billing/payment-methods?done=removed`;
    return { body: {}, location };
  },
);
