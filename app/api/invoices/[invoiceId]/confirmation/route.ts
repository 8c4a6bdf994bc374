import { invoiceAccess } from "@/lib/auth/access";
import { confirmationAnswer } from "@/lib/billing/answers";
import { confirmationPath, getConfirmation } from "@/lib/billing/confirmation";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary:
      "What a browser needs to answer the bank’s question about an invoice.",
    answer: confirmationAnswer,
    access: invoiceAccess("billing.write"),
    path: confirmationPath,
  },
  ({ ctx, input }) => getConfirmation(ctx, input.invoiceId),
);
