import { staffForTenant } from "@/lib/auth/access";
import { withdrawPath, withdrawPrice } from "@/lib/billing/withdraw-price";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Withdraws what was offered to one workspace.",
    answer: nothing,
    access: staffForTenant,
    body: withdrawPath,
  },
  async ({ ctx, input }) => {
    await withdrawPrice(ctx, input);
    const location = `/admin/tenants/${ctx.tenantId}?done=withdrawn#prices`;
    return { body: {}, location };
  },
);
