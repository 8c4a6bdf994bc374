import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { resumePlan } from "@/lib/billing/resume-plan";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { cardRefusals, planRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Takes back what stops a plan: its end, or a pause.",
    answer: planAnswer("running", "payment_needed"),
    access: tenantAccess("billing.write"),
    body: subscriptionRequest,
    refusals: ["nothing_to_resume", ...planRefusals, ...cardRefusals],
  },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await resumePlan(ctx, input, requestKeyOf(request, input)),
    ),
);
