import { signedIn } from "@/lib/auth/access";
import { recentlySignedIn } from "@/lib/auth/recent-sign-in";
import { route, whereTo } from "@/lib/platform/http";
import { deleteAccountRequest, erasePerson } from "@/lib/privacy/erase-person";

export const POST = route(
  {
    summary: "Deletes the account and takes the person out of everything.",
    answer: whereTo,
    access: recentlySignedIn(signedIn),
    body: deleteAccountRequest,
    refusals: ["owns_workspace"],
  },
  async ({ ctx: { email }, requestId }) => {
    await erasePerson(email, { actor: null, cause: requestId });
    return { body: { location: "/" }, location: "/" };
  },
);
