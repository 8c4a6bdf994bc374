import { inviteMember, inviteRequest } from "@/lib/auth/invite";
import { memberChange } from "@/lib/auth/owner-change";
import { idAnswer, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Invites somebody to the workspace.",
    answer: idAnswer,
    access: memberChange,
    body: inviteRequest,
    keep: ["email", "role"],
    status: 201,
  },
  async ({ ctx, input }) => {
    const { id } = await inviteMember(ctx, input);
    const location = `/t/${ctx.slug}/members?done=invited`;
    return { body: { id }, location };
  },
);
