import { subscriptionAccess } from "@/lib/auth/access";
import { subscriptionAnswer } from "@/lib/billing/answers";
import { getSubscription, subscriptionPath } from "@/lib/billing/subscriptions";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Retrieves a subscription.",
    answer: subscriptionAnswer,
    access: subscriptionAccess("billing.read"),
    path: subscriptionPath,
  },
  ({ ctx, input }) => getSubscription(ctx, input.subscriptionId),
);
