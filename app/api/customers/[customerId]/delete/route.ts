import { customerAccess } from "@/lib/auth/access";
import { customerPath } from "@/lib/billing/customer";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: customerAccess("ownership.write"), body: customerPath },
  async ({ ctx, input: { customerId } }) => {
    await deleteCustomer(ctx, customerId);
    const body = { id: customerId, deleted: true };
    return { body, location: `/t/${ctx.slug}/settings` };
  },
);
