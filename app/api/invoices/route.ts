import { tenantAccess } from "@/lib/auth/access";
import { invoiceListAnswer } from "@/lib/billing/answers";
import { invoiceListRequest, listInvoices } from "@/lib/billing/invoices";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists the workspace’s invoices.",
    access: tenantAccess("billing.read"),
    path: invoiceListRequest,
    answer: invoiceListAnswer,
  },
  ({ ctx, input }) => listInvoices(ctx, input),
);
