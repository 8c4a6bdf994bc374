import { signedIn } from "@/lib/auth/access";
import { changeEmail, emailRequest } from "@/lib/auth/profile";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Asks for another email address; it counts once it is confirmed.",
    answer: nothing,
    access: signedIn,
    body: emailRequest,
    status: 202,
    keep: ["email"],
  },
  async ({ ctx: visitor, input, request }) => {
    await changeEmail({ visitor, request }, input);
    const location = "/account?done=email";
    return { body: {}, location };
  },
);
