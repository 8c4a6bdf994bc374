import { removeMember, removeRequest } from "@/lib/auth/remove-member";
import { memberChange } from "@/lib/auth/owner-change";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Removes a member.",
    answer: nothing,
    access: memberChange,
    body: removeRequest,
    keep: ["userId"],
  },
  async ({ ctx, input }) => {
    await removeMember(ctx, input);
    const location = `/t/${ctx.slug}/members?done=removed`;
    return { body: {}, location };
  },
);
