import { tenantAccess } from "@/lib/auth/access";
import { changeRole, roleRequest } from "@/lib/auth/change-role";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    access: tenantAccess("members.write"),
    body: roleRequest,
    keep: ["userId"],
  },
  async ({ ctx, input }) => {
    await changeRole(ctx, input);
    const location = `/t/${ctx.slug}/members?done=role`;
    return { body: {}, location };
  },
);
