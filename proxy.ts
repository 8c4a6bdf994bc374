import { NextResponse, type NextRequest } from "next/server";
import { getSetupState } from "@/lib/admin/setup";
import { lastTenantCookie, tenantInPath } from "@/lib/auth/last-tenant";

/**
 * While a setting is missing without which nothing works, every page is /setup, as 503. Otherwise the
 * browser remembers the workspace it is in, for /t to lead there.
 */
export function proxy(request: NextRequest): NextResponse {
  const incomplete = getSetupState().missing.length > 0;
  if (!incomplete) return remember(request, NextResponse.next());
  return NextResponse.rewrite(new URL("/setup", request.url), { status: 503 });
}

function remember(request: NextRequest, answer: NextResponse): NextResponse {
  const slug = tenantInPath(request.nextUrl.pathname);
  if (slug && request.cookies.get(lastTenantCookie)?.value !== slug)
    answer.cookies.set(lastTenantCookie, slug, {
      path: "/t",
      maxAge: 31_536_000, // a year, in seconds
      httpOnly: true,
      sameSite: "lax",
    });
  return answer;
}

/** Never /api: a proxy silently cuts request bodies at 10 MB (trust F14). */
export const config = {
  matcher: ["/((?!api/|_next/|icon.svg|favicon.ico|robots.txt).*)"],
};
