import { tenantAccess } from "@/lib/auth/access";
import { planAnswer, subscriptionListAnswer } from "@/lib/billing/answers";
import {
  createRequest,
  createSubscription,
} from "@/lib/billing/create-subscription";
import { listRequest, listSubscriptions } from "@/lib/billing/subscriptions";
import { beginRefusals } from "@/lib/billing/refusals";
import { readRoute, requestKeyOf, route } from "@/lib/platform/http";
import { whereNext } from "./where-next";

export const GET = readRoute(
  {
    summary: "Lists the workspace’s subscriptions.",
    answer: subscriptionListAnswer,
    access: tenantAccess("billing.read"),
    path: listRequest,
  },
  ({ ctx, input }) => listSubscriptions(ctx, input),
);

export const POST = route(
  {
    summary: "Begins a plan on a saved card, without Checkout.",
    answer: planAnswer("running", "payment_needed"),
    access: tenantAccess("billing.write"),
    body: createRequest,
    fromForm: ({ dayOfMonth, ...fields }) => ({
      ...fields,
      ...(dayOfMonth && { dayOfMonth: Number(dayOfMonth) }),
    }),
    refusals: beginRefusals,
  },
  async ({ ctx, input, request }) => {
    const { tenantId: _tenant, requestKey: _key, ...wish } = input;
    const key = requestKeyOf(request, input);
    const next = whereNext(ctx.slug, await createSubscription(ctx, wish, key));
    return { ...next, body: { ...next.body, location: next.location } };
  },
);
