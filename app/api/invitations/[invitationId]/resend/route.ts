import { tenantAccess } from "@/lib/auth/access";
import { invitationRequest } from "@/lib/auth/invitation";
import { resendInvitation } from "@/lib/auth/resend-invitation";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Mails an invitation once more.",
    answer: nothing,
    access: tenantAccess("members.write"),
    body: invitationRequest,
  },
  async ({ ctx, input }) => {
    await resendInvitation(ctx, input);
    const location = `/t/${ctx.slug}/members?done=resent`;
    return { body: {}, location };
  },
);
