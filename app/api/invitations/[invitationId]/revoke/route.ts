import { tenantAccess } from "@/lib/auth/access";
import { invitationRequest } from "@/lib/auth/invitation";
import { revokeInvitation } from "@/lib/auth/revoke-invitation";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Withdraws an invitation.",
    answer: nothing,
    access: tenantAccess("members.write"),
    body: invitationRequest,
  },
  async ({ ctx, input }) => {
    await revokeInvitation(ctx, input);
    const location = `/t/${ctx.slug}/members?done=revoked`;
    return { body: {}, location };
  },
);
