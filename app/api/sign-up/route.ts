import { anyone } from "@/lib/auth/access";
import { signUp, signUpRequest } from "@/lib/auth/sign-in";
import { route, safePath } from "@/lib/platform/http";

export const POST = route(
  { access: anyone, body: signUpRequest, keep: ["name", "email"] },
  async ({ input, request }) => {
    const headers = await signUp(request, input);
    const location = safePath(input.next) ?? "/t";
    return { body: { location }, location, headers };
  },
);
