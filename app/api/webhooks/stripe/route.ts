import { stripeOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { receivedAnswer, receiveWebhook } from "@/lib/webhooks/receive";

export const POST = rawRoute(
  {
    summary: "Takes Stripe’s events.",
    answer: receivedAnswer,
    access: stripeOnly,
    maxBytes: 1024 * 1024,
  },
  ({ bytes, request }) =>
    receiveWebhook(bytes, request.headers.get("stripe-signature")),
);
