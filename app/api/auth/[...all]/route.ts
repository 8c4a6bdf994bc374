import { openConfirmation } from "@/lib/auth/open-confirmation";

/** What links in mails may open. Everything else goes through our own guarded routes. */
export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname !== "/api/auth/verify-email")
    return new Response(null, { status: 404 });
  return openConfirmation(request);
}
