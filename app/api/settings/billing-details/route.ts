import { tenantAccess } from "@/lib/auth/access";
import {
  billingDetailsRequest,
  updateBillingDetails,
} from "@/lib/billing/billing-details";
import { customerRefusals } from "@/lib/billing/refusals";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes what stands on invoices.",
    answer: nothing,
    access: tenantAccess("settings.write"),
    body: billingDetailsRequest,
    keep: Object.keys(billingDetailsRequest.shape),
    refusals: customerRefusals,
  },
  async ({ ctx, input }) => {
    await updateBillingDetails(ctx, input);
    const location = `/t/${ctx.slug}/settings?done=details`;
    return { body: {}, location };
  },
);
