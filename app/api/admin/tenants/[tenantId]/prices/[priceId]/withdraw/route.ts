import { staffForTenant } from "@/lib/auth/access";
import { withdrawPath, withdrawPrice } from "@/lib/billing/withdraw-price";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: staffForTenant, body: withdrawPath },
  async ({ ctx, input }) => {
    await withdrawPrice(ctx, input);
    const location = `/admin/tenants/${ctx.tenantId}?done=withdrawn#prices`;
    return { body: {}, location };
  },
);
