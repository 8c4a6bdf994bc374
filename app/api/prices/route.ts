import { tenantAccess } from "@/lib/auth/access";
import { priceListAnswer } from "@/lib/billing/answers";
import { priceList, priceListRequest } from "@/lib/billing/price-list";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists what the workspace may buy now.",
    access: tenantAccess("billing.read"),
    path: priceListRequest,
    answer: priceListAnswer,
  },
  ({ ctx }) => priceList(ctx),
);
