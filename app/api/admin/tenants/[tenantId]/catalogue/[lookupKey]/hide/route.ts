import { staffForTenant } from "@/lib/auth/access";
import { cataloguePath, hidePrice } from "@/lib/billing/hide-price";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Hides a price of the catalogue from a workspace.",
    answer: nothing,
    access: staffForTenant,
    body: cataloguePath,
  },
  async ({ ctx, input }) => {
    await hidePrice(ctx, input);
    const location = `/admin/tenants/${ctx.tenantId}?done=hidden#prices`;
    return { body: {}, location };
  },
);
