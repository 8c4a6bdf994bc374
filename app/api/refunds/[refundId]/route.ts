import { tenantAccess } from "@/lib/auth/access";
import { getRefund, refundPath } from "@/lib/billing/refunds";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  { access: tenantAccess("billing.read"), path: refundPath },
  ({ ctx, input: { refundId } }) => getRefund(ctx, refundId),
);
