import { auth } from "@/lib/auth/auth";

/** What links in mails may open. Everything else goes through our own guarded routes. */
const open = new Set(["/api/auth/verify-email", "/api/auth/error"]);

export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!open.has(pathname)) return new Response(null, { status: 404 });
  return auth().handler(request);
}
