import { NextResponse, type NextRequest } from "next/server";
import { getSetupState } from "@/lib/admin/setup";

/** While a setting is missing without which nothing works, every page is /setup, as 503. */
export function proxy(request: NextRequest): NextResponse {
  const incomplete = getSetupState().missing.length > 0;
  if (!incomplete) return NextResponse.next();
  return NextResponse.rewrite(new URL("/setup", request.url), { status: 503 });
}

/** Never /api: a proxy silently cuts request bodies at 10 MB (trust F14). */
export const config = {
  matcher: ["/((?!api/|_next/|icon.svg|favicon.ico|robots.txt).*)"],
};
