import { staffForTenant } from "@/lib/auth/access";
import { offerPrice, offerRequest } from "@/lib/billing/offer-price";
import { idAnswer, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Offers a price to one workspace alone.",
    answer: idAnswer,
    access: staffForTenant,
    body: offerRequest,
    keep: ["lookupKey", "name", "amount"],
  },
  async ({ ctx, input }) => ({
    body: await offerPrice(ctx, input),
    location: `/admin/tenants/${ctx.tenantId}?done=offered#prices`,
  }),
);
