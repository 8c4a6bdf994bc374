import { env } from "@/lib/platform/env";
import { describeError, log } from "@/lib/platform/log";
import { auth } from "./auth";
import { landingOf } from "./landing";

/**
 * Opens a confirmation link and leads on to its landing page, which says how it went; never anywhere else,
 * whatever stands in the link. One that better-auth cannot make sense of, or a new address that became
 * somebody else's meanwhile, says so too.
 */
export async function openConfirmation(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const landing = URL.parse(url.searchParams.get("callbackURL") ?? "", url);
  const next = landing?.searchParams.get("next") ?? undefined;
  url.searchParams.set("callbackURL", landingOf(next));
  const { headers } = request;
  try {
    const answer = await auth().handler(new Request(url, { headers }));
    if (answer.status < 400) return answer;
  } catch (error) {
    log().error({ error: describeError(error) }, "confirmation link failed");
  }
  const Location = `${env().appUrl}/confirmed?error=failed`;
  return new Response(null, { status: 303, headers: { Location } });
}
