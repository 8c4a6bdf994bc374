import { staffForTenant } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { createSubscription } from "@/lib/billing/create-subscription";
import { beginRefusals } from "@/lib/billing/refusals";
import { staffPlanRequest } from "@/lib/billing/staff-plan";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Begins a plan for a workspace, on terms that staff alone give.",
    answer: planAnswer("running", "payment_needed"),
    access: staffForTenant,
    body: staffPlanRequest,
    keep: ["priceId", "trialDays", "billingCycleAnchor", "prorationBehavior"],
    refusals: beginRefusals,
  },
  async ({ ctx, input, request }) => {
    const { tenantId: _tenant, requestKey: _key, priceId, ...terms } = input;
    const key = requestKeyOf(request, input);
    const body = await createSubscription(ctx, { priceId, terms }, key);
    const location = `/admin/tenants/${ctx.tenantId}?done=${body.state}`;
    return { body: { ...body, location }, location };
  },
);
