import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { endTrial } from "@/lib/billing/end-trial";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { cardRefusals, planRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Ends the trial now, and begins to pay.",
    answer: planAnswer("running", "payment_needed"),
    access: tenantAccess("billing.write"),
    body: subscriptionRequest,
    refusals: ["not_on_trial", "plan_ending", ...planRefusals, ...cardRefusals],
  },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await endTrial(ctx, input, requestKeyOf(request, input)),
    ),
);
