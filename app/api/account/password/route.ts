import { signedIn } from "@/lib/auth/access";
import { changePassword, changePasswordRequest } from "@/lib/auth/password";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: changePasswordRequest },
  async ({ ctx: visitor, input, request, requestId }) => {
    const ctx = { visitor, request, requestId };
    const headers = await changePassword(ctx, input);
    const location = "/account?done=password";
    return { body: {}, location, headers };
  },
);
