import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { resumePlan } from "@/lib/billing/resume-plan";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("billing.write"), body: subscriptionRequest },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await resumePlan(ctx, input, requestKeyOf(request, input)),
    ),
);
