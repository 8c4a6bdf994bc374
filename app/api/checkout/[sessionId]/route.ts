import { checkoutAccess } from "@/lib/auth/access";
import { checkoutAnswer } from "@/lib/billing/answers";
import { requireUnexpired, sessionPath } from "@/lib/billing/open-checkout";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary:
      "Retrieves a checkout. One that has expired is a 410 with expired_at.",
    answer: checkoutAnswer,
    access: checkoutAccess("billing.read"),
    path: sessionPath,
  },
  ({ ctx, input }) => requireUnexpired(ctx, input.sessionId),
);
