import { tenantAccess } from "@/lib/auth/access";
import {
  createCustomerPortalSession,
  portalRequest,
} from "@/lib/billing/portal";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("billing.write"), body: portalRequest },
  async ({ ctx, input }) => {
    const portal = await createCustomerPortalSession(ctx, input);
    return { body: portal, location: portal.url };
  },
);
