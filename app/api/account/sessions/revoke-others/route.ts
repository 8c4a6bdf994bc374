import { z } from "zod";
import { signedIn } from "@/lib/auth/access";
import { revokeOtherSessions } from "@/lib/auth/sessions";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Signs out everywhere but here.",
    answer: nothing,
    access: signedIn,
    body: z.strictObject({}),
  },
  async ({ ctx: visitor, requestId: cause }) => {
    await revokeOtherSessions(visitor, { cause });
    const location = "/account?done=sessions";
    return { body: {}, location };
  },
);
