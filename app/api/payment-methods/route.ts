import { tenantAccess } from "@/lib/auth/access";
import {
  addPaymentMethod,
  addPaymentMethodRequest,
} from "@/lib/billing/add-payment-method";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("billing.write"), body: addPaymentMethodRequest },
  async ({ ctx, input }) => {
    const checkout = await addPaymentMethod(ctx, input);
    return { body: checkout, location: checkout.url };
  },
);
