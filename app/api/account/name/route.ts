import { signedIn } from "@/lib/auth/access";
import { changeName, nameRequest } from "@/lib/auth/profile";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: signedIn, body: nameRequest, keep: ["name"] },
  async ({ ctx: visitor, input, request }) => {
    const headers = await changeName({ visitor, request }, input);
    const location = "/account?done=name";
    return { body: {}, location, headers };
  },
);
