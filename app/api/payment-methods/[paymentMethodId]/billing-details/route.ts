import { tenantAccess } from "@/lib/auth/access";
import {
  billingDetailsOfMethod,
  updatePaymentMethod,
} from "@/lib/billing/update-payment-method";
import { stripeRefusals } from "@/lib/billing/refusals";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes the billing details or the expiry of a saved way to pay.",
    answer: nothing,
    access: tenantAccess("billing.write"),
    body: billingDetailsOfMethod,
    keep: [
      "paymentMethodId",
      "expMonth",
      "expYear",
      "name",
      "line1",
      "city",
      "postalCode",
      "country",
    ],
    refusals: stripeRefusals,
  },
  async ({ ctx, input }) => {
    await updatePaymentMethod(ctx, input);
    const location = `/t/${ctx.slug}/billing/payment-methods?done=changed`;
    return { body: {}, location };
  },
);
