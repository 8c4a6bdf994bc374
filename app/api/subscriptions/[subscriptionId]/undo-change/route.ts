import { whereNext } from "@/app/api/subscriptions/where-next";
import { tenantAccess } from "@/lib/auth/access";
import { undoChange } from "@/lib/billing/undo-change";
import { subscriptionRequest } from "@/lib/billing/subscription-request";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("billing.write"), body: subscriptionRequest },
  async ({ ctx, input, request }) =>
    whereNext(
      ctx.slug,
      await undoChange(ctx, input, requestKeyOf(request, input)),
    ),
);
