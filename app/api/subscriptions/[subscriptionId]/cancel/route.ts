import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { cancelPlan, cancelRequest } from "@/lib/billing/cancel-plan";
import { planRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Ends a plan when what is paid has run out, or at once.",
    answer: planAnswer("ending", "ended"),
    access: tenantAccess("billing.write"),
    body: cancelRequest,
    keep: ["comment", "feedback"],
    refusals: ["plan_ending", ...planRefusals],
  },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await cancelPlan(ctx, input, requestKeyOf(request, input)),
    ),
);
