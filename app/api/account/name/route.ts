import { signedIn } from "@/lib/auth/access";
import { changeName, nameRequest } from "@/lib/auth/profile";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes the person’s name.",
    answer: nothing,
    access: signedIn,
    body: nameRequest,
    keep: ["name"],
  },
  async ({ ctx: visitor, input, request }) => {
    const headers = await changeName({ visitor, request }, input);
    const location = "/account?done=name";
    return { body: {}, location, headers };
  },
);
