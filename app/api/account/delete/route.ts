import { signedIn } from "@/lib/auth/access";
import { route, whereTo } from "@/lib/platform/http";
import {
  deleteAccount,
  deleteAccountRequest,
} from "@/lib/privacy/delete-account";

export const POST = route(
  {
    summary: "Deletes the account and takes the person out of everything.",
    answer: whereTo,
    access: signedIn,
    body: deleteAccountRequest,
    refusals: ["owns_workspace", "wrong_password", "too_many_passwords"],
  },
  async ({ ctx: visitor, input, request, requestId }) => {
    const { headers } = request;
    await deleteAccount({ visitor, headers, requestId }, input);
    return { body: { location: "/" }, location: "/" };
  },
);
