import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { planAnswer } from "@/lib/billing/answers";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { undoChange } from "@/lib/billing/undo-change";
import { planRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Calls off a change that waits.",
    answer: planAnswer("undone"),
    access: tenantAccess("billing.write"),
    body: subscriptionRequest,
    refusals: ["nothing_to_undo", ...planRefusals],
  },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await undoChange(ctx, input, requestKeyOf(request, input)),
    ),
);
