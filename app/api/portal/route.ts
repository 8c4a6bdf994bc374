import { tenantAccess } from "@/lib/auth/access";
import { urlAnswer } from "@/lib/billing/answers";
import {
  createCustomerPortalSession,
  portalRequest,
} from "@/lib/billing/portal";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Opens Stripe’s customer portal.",
    answer: urlAnswer,
    access: tenantAccess("billing.write"),
    body: portalRequest,
  },
  async ({ ctx, input }) => {
    const portal = await createCustomerPortalSession(ctx, input);
    return { body: portal, location: portal.url };
  },
);
