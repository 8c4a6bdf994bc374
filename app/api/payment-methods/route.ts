import { tenantAccess } from "@/lib/auth/access";
import {
  addPaymentMethod,
  addPaymentMethodRequest,
} from "@/lib/billing/add-payment-method";
import {
  openCheckoutAnswer,
  paymentMethodListAnswer,
} from "@/lib/billing/answers";
import {
  paymentMethodListRequest,
  paymentMethodPage,
} from "@/lib/billing/payment-methods";
import { stripeRefusals } from "@/lib/billing/refusals";
import { readRoute, route } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists the workspace’s saved payment methods.",
    access: tenantAccess("billing.read"),
    path: paymentMethodListRequest,
    answer: paymentMethodListAnswer,
  },
  ({ ctx, input }) => paymentMethodPage(ctx, input),
);

export const POST = route(
  {
    summary: "Begins to save a payment method at Stripe, without charging it.",
    answer: openCheckoutAnswer,
    access: tenantAccess("billing.write"),
    body: addPaymentMethodRequest,
    refusals: ["invalid_return_url", "checkout_in_progress", ...stripeRefusals],
  },
  async ({ ctx, input }) => {
    const checkout = await addPaymentMethod(ctx, input);
    return { body: checkout, location: checkout.url };
  },
);
