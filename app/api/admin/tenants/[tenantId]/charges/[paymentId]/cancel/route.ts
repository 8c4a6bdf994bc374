import { staffForTenant } from "@/lib/auth/access";
import { paymentStateAnswer } from "@/lib/billing/answers";
import { cancelPayment } from "@/lib/billing/cancel-payment";
import { chargePath } from "@/lib/billing/staff-charge";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    access: staffForTenant,
    body: chargePath,
    answer: paymentStateAnswer("cancelled"),
    summary: "Calls off what staff have asked for.",
    refusals: [
      "payment_complete",
      "payment_under_way",
      "payment_elsewhere",
      "payment_refused",
      "change_in_progress",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const body = await cancelPayment(ctx, input, key);
    const location = `/admin/tenants/${ctx.tenantId}/charges?done=cancelled`;
    return { body: { ...body, location }, location };
  },
);
