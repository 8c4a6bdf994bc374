import { tenantAccess } from "@/lib/auth/access";
import {
  createOrRetrieveCustomer,
  customerRequest,
} from "@/lib/billing/customers";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("billing.write"), body: customerRequest },
  async ({ ctx, input: { email } }) => {
    const { id } = await createOrRetrieveCustomer(ctx, { email });
    return { body: { id }, location: `/t/${ctx.slug}/billing` };
  },
);
