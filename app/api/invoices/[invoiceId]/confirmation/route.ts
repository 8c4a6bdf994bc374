import { invoiceAccess } from "@/lib/auth/access";
import { confirmationPath, getConfirmation } from "@/lib/billing/confirmation";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  { access: invoiceAccess("billing.write"), path: confirmationPath },
  ({ ctx, input }) => getConfirmation(ctx, input.invoiceId),
);
