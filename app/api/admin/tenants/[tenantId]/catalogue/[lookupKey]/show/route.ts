import { staffForTenant } from "@/lib/auth/access";
import { cataloguePath, showPrice } from "@/lib/billing/hide-price";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Shows a hidden price again.",
    answer: nothing,
    access: staffForTenant,
    body: cataloguePath,
  },
  async ({ ctx, input }) => {
    await showPrice(ctx, input);
    const location = `/admin/tenants/${ctx.tenantId}?done=shown#prices`;
    return { body: {}, location };
  },
);
