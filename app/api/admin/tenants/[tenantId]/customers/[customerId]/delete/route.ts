import { staffForTenant } from "@/lib/auth/access";
import { tenantCustomerPath } from "@/lib/billing/customer";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: staffForTenant, body: tenantCustomerPath },
  async ({ ctx, input: { customerId } }) => {
    await deleteCustomer(ctx, customerId);
    const location = `/admin/tenants/${ctx.tenantId}?done=customer`;
    return { body: { id: customerId, deleted: true }, location };
  },
);
