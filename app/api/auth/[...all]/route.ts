import { openConfirmation } from "@/lib/auth/open-confirmation";
import { finishProviderSignIn } from "@/lib/auth/provider-sign-in";
import { newRequestId, openRoute } from "@/lib/platform/http";

/** What links in mails, and providers that sign people in, may open. Everything else goes through our own guarded routes. */
export const GET = openRoute(
  {
    summary:
      "Opens the link of a mail that confirms an address, or the way back from Google or GitHub.",
  },
  async (request) => {
    const { pathname } = new URL(request.url);
    if (/^\/api\/auth\/callback\/(google|github)$/.test(pathname))
      return finishProviderSignIn(request, newRequestId());
    if (pathname !== "/api/auth/verify-email")
      return new Response(null, { status: 404 });
    return openConfirmation(request);
  },
);
