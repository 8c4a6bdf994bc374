import { env } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";
import { auth } from "./auth";
import { changesAddress } from "./confirmation-token";
import { landingOf } from "./landing";
import { getVisitor } from "./membership";
import { ownHeaders } from "./own-headers";

/**
 * Opens a confirmation link and leads on to its landing page, which says how it went; never anywhere else,
 * whatever stands in the link. One that better-auth cannot make sense of, or a new address that became
 * somebody else's meanwhile, says so too. A new address counts only for who is signed in as the person that
 * asked for it: a stranger's browser is sent to sign in first.
 */
export async function openConfirmation(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const landing = URL.parse(url.searchParams.get("callbackURL") ?? "", url);
  const next = landing?.searchParams.get("next") ?? undefined;
  url.searchParams.set("callbackURL", landingOf(next));
  const headers = ownHeaders(request);
  // better-auth would sign a stranger in by this link, also after the password was changed because of it.
  const token = url.searchParams.get("token");
  if (changesAddress(token) && !(await getVisitor(headers))) {
    const here = encodeURIComponent(url.pathname + url.search);
    return redirect(`/sign-in?next=${here}`);
  }
  try {
    const answer = await auth().handler(new Request(url, { headers }));
    if (answer.status < 400) return answer;
  } catch (error) {
    log().error({ error: describeError(error) }, "confirmation link failed");
  }
  return redirect("/confirmed?error=failed");
}

function redirect(path: `/${string}`): Response {
  const Location = env().appUrl + path;
  return new Response(null, { status: 303, headers: { Location } });
}
