import { customerAccess } from "@/lib/auth/access";
import {
  customerPath,
  customerUpdate,
  getCustomer,
  updateCustomer,
} from "@/lib/billing/customer";
import { readRoute, route } from "@/lib/platform/http";

export const GET = readRoute(
  { access: customerAccess("billing.read"), path: customerPath },
  ({ ctx, input }) => getCustomer(ctx, input.customerId),
);

export const POST = route(
  { access: customerAccess("billing.write"), body: customerUpdate },
  async ({ ctx, input: { customerId, ...changes } }) => ({
    body: await updateCustomer(ctx, customerId, changes),
    location: `/t/${ctx.slug}/settings`,
  }),
);
