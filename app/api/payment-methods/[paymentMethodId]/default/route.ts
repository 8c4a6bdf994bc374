import { tenantAccess } from "@/lib/auth/access";
import { paymentMethodPath } from "@/lib/billing/payment-methods";
import { setDefaultPaymentMethod } from "@/lib/billing/set-default-method";
import { stripeRefusals } from "@/lib/billing/refusals";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Uses a saved payment method for what is charged next.",
    answer: nothing,
    access: tenantAccess("billing.write"),
    body: paymentMethodPath,
    keep: ["paymentMethodId"],
    refusals: stripeRefusals,
  },
  async ({ ctx, input }) => {
    await setDefaultPaymentMethod(ctx, input);
    const location = `/t/${ctx.slug}/billing/payment-methods?done=default`;
    return { body: {}, location };
  },
);
