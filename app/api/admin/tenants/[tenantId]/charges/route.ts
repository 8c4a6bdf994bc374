import { staffForTenant } from "@/lib/auth/access";
import { paymentStateAnswer } from "@/lib/billing/answers";
import { chargeRequest, makeCharge } from "@/lib/billing/staff-charge";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    access: staffForTenant,
    body: chargeRequest,
    keep: ["amount", "currency", "description", "collect"],
    answer: paymentStateAnswer(
      "asked",
      "paid",
      "confirm",
      "under_way",
      "declined",
    ),
    summary: "Asks a workspace for money that is in no catalogue.",
    refusals: [
      "amount_malformed",
      "amount_out_of_range",
      "payment_method_missing",
      "payment_closed",
      "payment_refused",
      "customer_gone",
      "change_in_progress",
      "idempotency_key_missing",
      "idempotency_mismatch",
      "outcome_unknown",
    ],
  },
  async ({ ctx, input, request }) => {
    const { tenantId: _tenant, requestKey: _key, ...wish } = input;
    const body = await makeCharge(ctx, wish, requestKeyOf(request, input));
    const location = `/admin/tenants/${ctx.tenantId}/charges?done=${body.state}`;
    return { body: { ...body, location }, location };
  },
);
