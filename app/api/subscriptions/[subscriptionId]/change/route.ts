import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { changePlan, changeRequest } from "@/lib/billing/change-plan";
import { cardRefusals, changeRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes a plan as a preview has shown.",
    answer: planAnswer("changed", "planned", "payment_needed"),
    access: tenantAccess("billing.write"),
    body: changeRequest,
    refusals: ["preview_stale", ...changeRefusals, ...cardRefusals],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const next = whereNext(ctx.slug, await changePlan(ctx, input, key));
    // The form stands on a page of its own, which has nothing more to say.
    return { ...next, body: { ...next.body, location: next.location } };
  },
);
