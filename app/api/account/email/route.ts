import { signedIn } from "@/lib/auth/access";
import { changeEmail, emailRequest } from "@/lib/auth/profile";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: emailRequest, status: 202, keep: ["email"] },
  async ({ ctx: visitor, input, request }) => {
    await changeEmail({ visitor, request }, input);
    const location = "/account?done=email";
    return { body: {}, location };
  },
);
