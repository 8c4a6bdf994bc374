import { tenantAccess } from "@/lib/auth/access";
import { customerListAnswer } from "@/lib/billing/answers";
import {
  createOrRetrieveCustomer,
  customerRequest,
} from "@/lib/billing/customers";
import {
  customerListRequest,
  listCustomers,
} from "@/lib/billing/list-customers";
import { stripeRefusals } from "@/lib/billing/refusals";
import { idAnswer, readRoute, route } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists the workspace’s customers.",
    access: tenantAccess("billing.read"),
    path: customerListRequest,
    answer: customerListAnswer,
  },
  ({ ctx, input }) => listCustomers(ctx, input),
);

export const POST = route(
  {
    summary: "Creates the workspace’s customer at Stripe, or retrieves it.",
    answer: idAnswer,
    access: tenantAccess("billing.write"),
    body: customerRequest,
    refusals: stripeRefusals,
  },
  async ({ ctx, input: { email } }) => {
    const { id } = await createOrRetrieveCustomer(ctx, { email });
    return { body: { id }, location: `/t/${ctx.slug}/billing` };
  },
);
