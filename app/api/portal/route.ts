import { tenantAccess } from "@/lib/auth/access";
import { urlAnswer } from "@/lib/billing/answers";
import {
  createCustomerPortalSession,
  portalRequest,
} from "@/lib/billing/portal";
import { stripeRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Opens Stripe’s customer portal.",
    answer: urlAnswer,
    access: tenantAccess("billing.write"),
    body: portalRequest,
    refusals: [
      "no_customer",
      "no_subscription",
      "choose_subscription",
      "unknown_price",
      "same_price",
      "price_mismatch",
      "billing_profile_missing",
      "invalid_return_url",
      "portal_not_set_up",
      "portal_flow_refused",
      ...stripeRefusals,
    ],
  },
  async ({ ctx, input }) => {
    const portal = await createCustomerPortalSession(ctx, input);
    return { body: portal, location: portal.url };
  },
);
