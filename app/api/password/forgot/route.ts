import { anyone } from "@/lib/auth/access";
import { forgotRequest, requestReset } from "@/lib/auth/password";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: anyone, body: forgotRequest, keep: ["email"] },
  async ({ input, request }) => {
    await requestReset(request, input);
    const location = "/forgot?done=mailed";
    return { status: 202, body: { location }, location };
  },
);
