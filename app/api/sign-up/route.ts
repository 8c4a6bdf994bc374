import { anyone } from "@/lib/auth/access";
import { landingOf } from "@/lib/auth/landing";
import { signUp, signUpRequest } from "@/lib/auth/sign-in";
import { route, whereTo } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

export const POST = route(
  {
    summary: "Signs up.",
    answer: whereTo,
    access: anyone,
    body: signUpRequest,
    keep: ["name", "email"],
  },
  async ({ input, request, requestId }) => {
    const landing = landingOf(input.next);
    const call = { request, requestId };
    const headers = await signUp(call, { ...input, landing });
    const location = safePath(input.next) ?? "/t";
    return { body: { location }, location, headers };
  },
);
