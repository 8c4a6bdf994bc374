import { staffForTenant } from "@/lib/auth/access";
import { offerPrice, offerRequest } from "@/lib/billing/offer-price";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    access: staffForTenant,
    body: offerRequest,
    keep: ["lookupKey", "name", "amount"],
  },
  async ({ ctx, input }) => ({
    body: await offerPrice(ctx, input),
    location: `/admin/tenants/${ctx.tenantId}?done=offered#prices`,
  }),
);
