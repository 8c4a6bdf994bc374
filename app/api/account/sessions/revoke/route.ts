import { signedIn } from "@/lib/auth/access";
import { revokeSession, revokeSessionRequest } from "@/lib/auth/sessions";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Signs out one session of the person.",
    answer: nothing,
    access: signedIn,
    body: revokeSessionRequest,
  },
  async ({ ctx: visitor, input, requestId: cause }) => {
    await revokeSession(visitor, { ...input, cause });
    const location = "/account?done=session";
    return { body: {}, location };
  },
);
