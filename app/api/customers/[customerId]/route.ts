import { customerAccess } from "@/lib/auth/access";
import { customerAnswer } from "@/lib/billing/answers";
import {
  customerPath,
  customerUpdate,
  getCustomer,
  updateCustomer,
} from "@/lib/billing/customer";
import { customerRefusals } from "@/lib/billing/refusals";
import { readRoute, route } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Retrieves a customer.",
    answer: customerAnswer,
    access: customerAccess("billing.read"),
    path: customerPath,
  },
  ({ ctx, input }) => getCustomer(ctx, input.customerId),
);

export const POST = route(
  {
    summary: "Changes what is named of a customer, and no more.",
    answer: customerAnswer,
    access: customerAccess("billing.write"),
    body: customerUpdate,
    refusals: customerRefusals,
  },
  async ({ ctx, input: { customerId, ...changes } }) => ({
    body: await updateCustomer(ctx, customerId, changes),
    location: `/t/${ctx.slug}/settings`,
  }),
);
