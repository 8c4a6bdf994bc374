import { signedIn } from "@/lib/auth/access";
import { landingOf } from "@/lib/auth/landing";
import { sendVerification, verificationRequest } from "@/lib/auth/profile";
import { nothing, route } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

export const POST = route(
  {
    summary: "Mails the link that confirms the address once more.",
    answer: nothing,
    access: signedIn,
    body: verificationRequest,
    status: 202,
  },
  async ({ ctx: visitor, input, request }) => {
    const landing = landingOf(input.next);
    await sendVerification({ visitor, request }, { landing });
    const location = safePath(input.next) ?? "/account?done=verification";
    return { body: {}, location };
  },
);
