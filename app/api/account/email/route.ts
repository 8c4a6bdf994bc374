import { signedIn } from "@/lib/auth/access";
import { changeEmail, emailRequest } from "@/lib/auth/profile";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: emailRequest, keep: ["email"] },
  async ({ ctx: visitor, input, request }) => {
    await changeEmail({ visitor, request }, input);
    const location = "/account?done=email";
    return { status: 202, body: {}, location };
  },
);
