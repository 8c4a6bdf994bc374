import { tenantAccess } from "@/lib/auth/access";
import { purchaseAnswer } from "@/lib/billing/answers";
import { getPurchase, purchasePath } from "@/lib/billing/purchases";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Retrieves a one-time purchase.",
    access: tenantAccess("billing.read"),
    path: purchasePath,
    answer: purchaseAnswer,
  },
  ({ ctx, input }) => getPurchase(ctx, input.purchaseId),
);
