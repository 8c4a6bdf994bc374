import { signedIn } from "@/lib/auth/access";
import { changePassword, changePasswordRequest } from "@/lib/auth/password";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes the password and signs out everywhere else.",
    answer: nothing,
    access: signedIn,
    body: changePasswordRequest,
  },
  async ({ ctx: visitor, input, request, requestId }) => {
    const ctx = { visitor, request, requestId };
    const headers = await changePassword(ctx, input);
    const location = "/account?done=password";
    return { body: {}, location, headers };
  },
);
