import { tenantAccess } from "@/lib/auth/access";
import { removeMember, removeRequest } from "@/lib/auth/remove-member";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Removes a member.",
    answer: nothing,
    access: tenantAccess("members.write"),
    body: removeRequest,
    keep: ["userId"],
  },
  async ({ ctx, input }) => {
    await removeMember(ctx, input);
    const location = `/t/${ctx.slug}/members?done=removed`;
    return { body: {}, location };
  },
);
