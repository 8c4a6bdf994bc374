import { subscriptionAccess } from "@/lib/auth/access";
import { getSubscription, subscriptionPath } from "@/lib/billing/subscriptions";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  { access: subscriptionAccess("billing.read"), path: subscriptionPath },
  ({ ctx, input }) => getSubscription(ctx, input.subscriptionId),
);
