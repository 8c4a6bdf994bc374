import { customerAccess } from "@/lib/auth/access";
import { deletedAnswer } from "@/lib/billing/answers";
import { customerPath } from "@/lib/billing/customer";
import { deleteCustomer } from "@/lib/billing/delete-customer";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Deletes a customer at Stripe.",
    answer: deletedAnswer,
    access: customerAccess("ownership.write"),
    body: customerPath,
  },
  async ({ ctx, input: { customerId } }) => {
    await deleteCustomer(ctx, customerId);
    const body = { id: customerId, deleted: true };
    return { body, location: `/t/${ctx.slug}/settings` };
  },
);
