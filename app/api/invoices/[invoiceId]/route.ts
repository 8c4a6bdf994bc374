import { invoiceAccess } from "@/lib/auth/access";
import { invoiceAnswer } from "@/lib/billing/answers";
import { getInvoice, invoicePath } from "@/lib/billing/invoices";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Retrieves an invoice.",
    access: invoiceAccess("billing.read"),
    path: invoicePath,
    answer: invoiceAnswer,
  },
  ({ ctx, input }) => getInvoice(ctx, input.invoiceId),
);
