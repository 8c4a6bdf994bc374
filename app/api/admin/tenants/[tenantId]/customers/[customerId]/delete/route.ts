import { staffForTenant } from "@/lib/auth/access";
import { deletedAnswer } from "@/lib/billing/answers";
import { tenantCustomerPath } from "@/lib/billing/customer";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Deletes a workspace’s customer at Stripe.",
    answer: deletedAnswer,
    access: staffForTenant,
    body: tenantCustomerPath,
  },
  async ({ ctx, input: { customerId } }) => {
    await deleteCustomer(ctx, customerId);
    const location = `/admin/tenants/${ctx.tenantId}?done=customer`;
    return { body: { id: customerId, deleted: true }, location };
  },
);
