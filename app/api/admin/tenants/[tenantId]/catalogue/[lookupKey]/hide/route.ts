import { staffForTenant } from "@/lib/auth/access";
import { cataloguePath, hidePrice } from "@/lib/billing/hide-price";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: staffForTenant, body: cataloguePath },
  async ({ ctx, input }) => {
    await hidePrice(ctx, input);
    const location = `/admin/tenants/${ctx.tenantId}?done=hidden#prices`;
    return { body: {}, location };
  },
);
