import { rawRoute } from "@/lib/platform/http";
import { receiveWebhook } from "@/lib/webhooks/receive";

export const POST = rawRoute({ maxBytes: 1024 * 1024 }, ({ bytes, request }) =>
  receiveWebhook(bytes, request.headers.get("stripe-signature")),
);
