import { anyone } from "@/lib/auth/access";
import { signIn, signInRequest } from "@/lib/auth/sign-in";
import { route, whereTo } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

export const POST = route(
  {
    summary: "Signs in.",
    answer: whereTo,
    access: anyone,
    body: signInRequest,
    keep: ["email"],
  },
  async ({ input, request, requestId }) => {
    const headers = await signIn({ request, requestId }, input);
    const location = safePath(input.next) ?? "/t";
    return { body: { location }, location, headers };
  },
);
