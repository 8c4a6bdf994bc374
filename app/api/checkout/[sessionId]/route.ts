import { checkoutAccess } from "@/lib/auth/access";
import { requireUnexpired, sessionPath } from "@/lib/billing/open-checkout";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  { access: checkoutAccess("billing.read"), path: sessionPath },
  ({ ctx, input }) => requireUnexpired(ctx, input.sessionId),
);
