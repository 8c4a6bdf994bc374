import { openConfirmation } from "@/lib/auth/open-confirmation";
import { openRoute } from "@/lib/platform/http";

/** What links in mails may open. Everything else goes through our own guarded routes. */
export const GET = openRoute(
  {
    summary: "Opens the link of a mail that confirms an address.",
  },
  async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== "/api/auth/verify-email")
      return new Response(null, { status: 404 });
    return openConfirmation(request);
  },
);
