import { tenantAccess } from "@/lib/auth/access";
import { purchaseListAnswer } from "@/lib/billing/answers";
import { listPurchases, purchaseListRequest } from "@/lib/billing/purchases";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists what the workspace bought once.",
    access: tenantAccess("billing.read"),
    path: purchaseListRequest,
    answer: purchaseListAnswer,
  },
  ({ ctx, input }) => listPurchases(ctx, input),
);
