import { changeRole, roleRequest } from "@/lib/auth/change-role";
import { memberChange } from "@/lib/auth/owner-change";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Gives a member another role.",
    answer: nothing,
    access: memberChange,
    body: roleRequest,
    keep: ["userId"],
  },
  async ({ ctx, input }) => {
    await changeRole(ctx, input);
    const location = `/t/${ctx.slug}/members?done=role`;
    return { body: {}, location };
  },
);
