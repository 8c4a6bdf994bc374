import { stripeOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { receiveWebhook } from "@/lib/webhooks/receive";

export const POST = rawRoute(
  { access: stripeOnly, maxBytes: 1024 * 1024 },
  ({ bytes, request }) =>
    receiveWebhook(bytes, request.headers.get("stripe-signature")),
);
