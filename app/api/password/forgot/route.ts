import { anyone } from "@/lib/auth/access";
import { forgotRequest, requestReset } from "@/lib/auth/password";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Mails a link for a new password, if there is such a person.",
    answer: whereTo,
    access: anyone,
    body: forgotRequest,
    status: 202,
    keep: ["email"],
  },
  async ({ input, request }) => {
    await requestReset(request, input);
    const location = "/forgot?done=mailed";
    return { body: { location }, location };
  },
);
