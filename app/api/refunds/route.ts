import { tenantAccess } from "@/lib/auth/access";
import { recentlySignedIn } from "@/lib/auth/recent-sign-in";
import { verified } from "@/lib/auth/verified";
import { refundAnswer, refundListAnswer } from "@/lib/billing/answers";
import { refundOwnPayment } from "@/lib/billing/refund-own-payment";
import { ownRefundRequest, refundRefusals } from "@/lib/billing/refund-request";
import { listRefunds, refundListRequest } from "@/lib/billing/refunds";
import { readRoute, requestKeyOf, route } from "@/lib/platform/http";
import { withoutEmpty } from "./without-empty";

export const GET = readRoute(
  {
    summary: "Lists what was given back to the workspace.",
    answer: refundListAnswer,
    access: tenantAccess("billing.read"),
    path: refundListRequest,
  },
  ({ ctx, input }) => listRefunds(ctx, input),
);

export const POST = route(
  {
    summary: "Gives a payment back to oneself, where the catalogue allows it.",
    answer: refundAnswer,
    access: recentlySignedIn(verified(tenantAccess("ownership.write"))),
    body: ownRefundRequest,
    fromForm: withoutEmpty,
    keep: ["paymentId"],
    refusals: [
      "refunds_not_offered",
      "email_not_verified",
      "refund_cap_reached",
      ...refundRefusals,
    ],
  },
  async ({ ctx, input, request }) => ({
    body: await refundOwnPayment(ctx, input, requestKeyOf(request, input)),
    location: `/t/${ctx.slug}/billing/payments?done=refunded`,
  }),
);
