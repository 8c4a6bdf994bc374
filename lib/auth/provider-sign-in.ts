import { z } from "zod";
import { recordSecurity } from "@/lib/audit/record";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { safePath } from "@/lib/platform/safe-path";
import { describeError, log } from "@/lib/platform/log";
import { providerIds, signInProviders } from "@/lib/platform/sign-in-providers";
import { ask } from "./ask";
import { auth } from "./auth";
import { getVisitor } from "./membership";
import { ownHeaders } from "./own-headers";
import { signOut } from "./sign-in";

export const providerRequest = z.strictObject({
  provider: z.enum(providerIds),
  next: z.string().max(2048).optional(),
});

/** For the buttons of the sign-in page: those that are set up. */
export function listProviders(): { id: string; name: string }[] {
  return signInProviders().map(({ id, name }) => ({ id, name }));
}

/**
 * Where the browser goes to sign in, and the cookies that it must come back with. Throws not_found for a
 * provider that is not set up.
 */
export async function beginProviderSignIn(
  request: Request,
  { provider, next }: z.infer<typeof providerRequest>,
): Promise<{ url: string; headers: Headers }> {
  const known = signInProviders().find(({ id }) => id === provider);
  if (!known) throw new AppError("not_found");
  const { appUrl } = env();
  const path = safePath(next) ?? "/t";
  const back = new URLSearchParams({ failed: known.id, next: path });
  const headers = await ask(request, "/sign-in/social", {
    provider,
    callbackURL: appUrl + path,
    errorCallbackURL: `${appUrl}/sign-in?${back.toString()}`,
  });
  const url = headers.get("location") ?? "";
  headers.delete("location");
  if (!url.startsWith(`${known.origin}/`))
    throw new Error(`${known.id} is to be found elsewhere now`);
  return { url, headers };
}

/**
 * The way back from a provider: signs in, which ends the session that the browser had, or leads to the sign-in page
 * that says it did not work. An address that has an account joins it only where both sides have confirmed the address.
 */
export async function finishProviderSignIn(
  request: Request,
  requestId: string,
): Promise<Response> {
  try {
    const headers = ownHeaders(request);
    const answer = await auth().handler(new Request(request, { headers }));
    if (answer.status < 400) {
      if (await note(answer, requestId)) await signOut({ request, requestId });
      return answer;
    }
  } catch (error) {
    log().error(
      { requestId, error: describeError(error) },
      "signing in with a provider failed",
    );
  }
  const Location = `${env().appUrl}/sign-in?failed=provider`;
  return new Response(null, { status: 303, headers: { Location } });
}

/** Says whether there is a new session. */
async function note(answer: Response, cause: string): Promise<boolean> {
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const visitor = await getVisitor(new Headers({ cookie }));
  if (!visitor) return false;
  const { userId } = visitor;
  await recordSecurity({ userId, action: "person.signed_in", cause });
  return true;
}
