import { customerAccess } from "@/lib/auth/access";
import { deletedAnswer } from "@/lib/billing/answers";
import { customerPath } from "@/lib/billing/customer";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import { commandRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Deletes a customer at Stripe.",
    answer: deletedAnswer,
    access: customerAccess("ownership.write"),
    body: customerPath,
    refusals: [
      "customer_has_plan",
      "customer_has_invoice",
      "customer_has_checkout",
      "customer_has_payment",
      "customer_has_balance",
      ...commandRefusals,
    ],
  },
  async ({ ctx, input: { customerId } }) => {
    await deleteCustomer(ctx, customerId);
    const body = { id: customerId, deleted: true };
    return { body, location: `/t/${ctx.slug}/settings` };
  },
);
