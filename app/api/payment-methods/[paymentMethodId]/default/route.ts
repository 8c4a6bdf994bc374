import { tenantAccess } from "@/lib/auth/access";
import { setDefaultPaymentMethod } from "@/lib/billing/set-default-method";
import { paymentMethodPath } from "@/lib/billing/payment-methods";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    access: tenantAccess("billing.write"),
    body: paymentMethodPath,
    keep: ["paymentMethodId"],
  },
  async ({ ctx, input }) => {
    await setDefaultPaymentMethod(ctx, input);
    const location = `/t/${ctx.slug}/billing/payment-methods?done=default`;
    return { body: {}, location };
  },
);
