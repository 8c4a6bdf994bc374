import { acceptInvitation, acceptRequest } from "@/lib/auth/accept-invitation";
import { signedIn } from "@/lib/auth/access";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: acceptRequest },
  async ({ ctx: visitor, input, requestId: cause }) => {
    const { slug } = await acceptInvitation(visitor, { ...input, cause });
    const location = `/t/${slug}`;
    return { body: { location }, location };
  },
);
