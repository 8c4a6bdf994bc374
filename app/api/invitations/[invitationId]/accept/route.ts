import { acceptInvitation, acceptRequest } from "@/lib/auth/accept-invitation";
import { signedIn } from "@/lib/auth/access";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Accepts an invitation.",
    answer: whereTo,
    access: signedIn,
    body: acceptRequest,
  },
  async ({ ctx: visitor, input, requestId: cause }) => {
    const { slug } = await acceptInvitation(visitor, { ...input, cause });
    const location = `/t/${slug}`;
    return { body: { location }, location };
  },
);
