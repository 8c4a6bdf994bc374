import { staffForTenant } from "@/lib/auth/access";
import { paymentStateAnswer } from "@/lib/billing/answers";
import { chargePath, collectCharge } from "@/lib/billing/staff-charge";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    access: staffForTenant,
    body: chargePath,
    answer: paymentStateAnswer("paid", "confirm", "under_way", "declined"),
    summary: "Charges the saved card for what staff have asked for.",
    refusals: [
      "payment_method_missing",
      "payment_closed",
      "payment_elsewhere",
      "payment_refused",
      "change_in_progress",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const body = await collectCharge(ctx, input, key);
    const location = `/admin/tenants/${ctx.tenantId}/charges?done=${body.state}`;
    return { body: { ...body, location }, location };
  },
);
