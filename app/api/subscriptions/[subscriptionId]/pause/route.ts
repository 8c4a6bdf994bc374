import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { pausePlan } from "@/lib/billing/pause-plan";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { planRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Stops a running plan until it is resumed.",
    answer: planAnswer("paused"),
    access: tenantAccess("billing.write"),
    body: subscriptionRequest,
    refusals: [
      "plan_not_running",
      "plan_ending",
      "change_waiting",
      ...planRefusals,
    ],
  },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await pausePlan(ctx, input, requestKeyOf(request, input)),
    ),
);
