import { anyone } from "@/lib/auth/access";
import { resetPassword, resetRequest } from "@/lib/auth/password";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: anyone, body: resetRequest },
  async ({ input, request, requestId }) => {
    await resetPassword({ request, requestId }, input);
    const location = "/sign-in?done=reset";
    return { body: { location }, location };
  },
);
