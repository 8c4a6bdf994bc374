import { z } from "zod";
import { signedIn } from "@/lib/auth/access";
import { revokeOtherSessions } from "@/lib/auth/sessions";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: z.strictObject({}) },
  async ({ ctx: visitor, requestId: cause }) => {
    await revokeOtherSessions(visitor, { cause });
    const location = "/account?done=sessions";
    return { body: {}, location };
  },
);
