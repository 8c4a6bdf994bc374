import { anyone } from "@/lib/auth/access";
import { signOut, signOutRequest } from "@/lib/auth/sign-in";
import { route, whereTo } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

export const POST = route(
  {
    summary: "Signs out.",
    answer: whereTo,
    access: anyone,
    body: signOutRequest,
  },
  async ({ input, request, requestId }) => {
    const headers = await signOut({ request, requestId });
    const location = safePath(input.next) ?? "/";
    return { body: { location }, location, headers };
  },
);
