import { anyone } from "@/lib/auth/access";
import { resetPassword, resetRequest } from "@/lib/auth/password";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Sets a new password with a mailed link.",
    answer: whereTo,
    access: anyone,
    body: resetRequest,
  },
  async ({ input, request, requestId }) => {
    await resetPassword({ request, requestId }, input);
    const location = "/sign-in?done=reset";
    return { body: { location }, location };
  },
);
