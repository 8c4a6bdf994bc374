import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { getSetupState } from "@/lib/admin/setup";
import { lastTenantCookie, tenantInPath } from "@/lib/auth/last-tenant";
import { getStaff } from "@/lib/auth/staff";
import { isPaymentPage, pageHeaders } from "@/lib/platform/page-headers";

/**
 * Every page gets its headers here. While a setting is missing without which nothing works, every page is
 * /setup, as 503. Otherwise the browser remembers the workspace it is in, for /t to lead there.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (leavesItsPolicy(request)) return new NextResponse(null, { status: 204 });
  const nonce = randomBytes(16).toString("base64");
  const added = pageHeaders(request.nextUrl.pathname, nonce);
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  const answer = await answerWith(request, { headers }); // Next reads the nonce from the policy
  for (const [name, value] of Object.entries(added))
    answer.headers.set(name, value);
  return answer;
}

async function answerWith(
  request: NextRequest,
  forwarded: { headers: Headers },
): Promise<NextResponse> {
  const incomplete = getSetupState().missing.length > 0;
  if (!incomplete) {
    const status = (await isHidden(request)) ? 404 : 200;
    return remember(request, NextResponse.next({ request: forwarded, status }));
  }
  return NextResponse.rewrite(new URL("/setup", request.url), {
    request: forwarded,
    status: 503,
  });
}

/**
 * Staff's pages are a 404 to everybody else. Each says so by itself, but of an answer that holds a part of a page Next
 * has sent the status by then. While the database is silent nobody is known for staff, and the page tells why.
 */
async function isHidden({ nextUrl, headers }: NextRequest): Promise<boolean> {
  if (!/^\/admin(?:\/|$)/.test(nextUrl.pathname)) return false;
  return (await getStaff(headers).catch(() => null)) === null;
}

/**
 * A document keeps the policy it was loaded with. Where the router would take it across the border around the
 * pages that pay, it gets nothing, and then it has the browser load the page.
 */
function leavesItsPolicy(request: NextRequest): boolean {
  if (request.headers.get("sec-fetch-dest") !== "empty") return false;
  const from = request.headers.get("referer");
  if (!from || !URL.canParse(from)) return false;
  const { pathname } = request.nextUrl;
  return isPaymentPage(new URL(from).pathname) !== isPaymentPage(pathname);
}

function remember(request: NextRequest, answer: NextResponse): NextResponse {
  const slug = tenantInPath(request.nextUrl.pathname);
  if (slug && request.cookies.get(lastTenantCookie)?.value !== slug)
    answer.cookies.set(lastTenantCookie, slug, {
      path: "/t",
      maxAge: 31_536_000, // a year, in seconds
      httpOnly: true,
      secure: request.nextUrl.protocol === "https:",
      sameSite: "lax",
    });
  return answer;
}

/** Never /api: a proxy silently cuts request bodies at 10 MB (trust F14). */
export const config = {
  matcher: ["/((?!api/|_next/|icon.svg|favicon.ico|robots.txt).*)"],
};
