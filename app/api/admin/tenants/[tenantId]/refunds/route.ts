import { staffForTenant } from "@/lib/auth/access";
import { recentlySignedIn } from "@/lib/auth/recent-sign-in";
import { refundAnswer } from "@/lib/billing/answers";
import { refundPayment } from "@/lib/billing/refund-payment";
import { refundRefusals, refundRequest } from "@/lib/billing/refund-request";
import { requestKeyOf, route } from "@/lib/platform/http";
import { withoutEmpty } from "@/app/api/refunds/without-empty";

export const POST = route(
  {
    summary: "Gives a workspace’s payment back, whole or in part.",
    answer: refundAnswer,
    access: recentlySignedIn(staffForTenant),
    body: refundRequest,
    fromForm: withoutEmpty,
    keep: ["written", "reason"],
    refusals: ["refund_cap_reached", ...refundRefusals],
  },
  async ({ ctx, input, request }) => {
    const { paymentId, amount, written, reason, metadata } = input;
    const refund = await refundPayment(
      ctx,
      { paymentId, amount, written, reason, metadata },
      { requestKey: requestKeyOf(request, input), selfService: false },
    );
    const page = `/admin/tenants/${ctx.tenantId}/payments/${paymentId}`;
    return { body: refund, location: `${page}?done=refunded` };
  },
);
