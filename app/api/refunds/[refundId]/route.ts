import { tenantAccess } from "@/lib/auth/access";
import { refundAnswer } from "@/lib/billing/answers";
import { getRefund, refundPath } from "@/lib/billing/refunds";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Retrieves a refund.",
    answer: refundAnswer,
    access: tenantAccess("billing.read"),
    path: refundPath,
  },
  ({ ctx, input: { refundId } }) => getRefund(ctx, refundId),
);
