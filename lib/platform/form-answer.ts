import { env } from "./env";
import type { AppError } from "./errors";
import { encodeFlash, flashCookie, type Flash } from "./flash";
import { fieldsAtFault } from "./problem";
import { safePath } from "./safe-path";

type Sent = Pick<Flash, "requestId" | "action"> & {
  fields: Record<string, string>;
  keep: readonly string[];
};

/** What a form post of a browser gets. */
export type FormReply = {
  /** Where it goes on to, by 303. */
  location: string;
  /** What it gets instead of the way on: HTML that must not be kept, nor come back to. */
  page?: string;
  headers?: Headers;
};

/** Never an error: a form that failed goes back by backToForm. */
export function answerForm({ location, page, headers }: FormReply): Response {
  if (page === undefined) return seeOther(location, headers);
  const answer = new Response(page, { headers });
  answer.headers.set("Content-Type", "text/html; charset=utf-8");
  answer.headers.set("Content-Security-Policy", "default-src 'none'");
  return answer;
}

/** The page of this site that a browser posted its form from; null for every other caller. */
export function formPage({ headers }: Request): string | null {
  if (!headers.get("accept")?.includes("text/html")) return null;
  const referer = headers.get("referer");
  if (!referer || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  if (url.origin !== new URL(env().appUrl).origin) return null;
  url.searchParams.delete("done"); // what worked before says nothing about this post
  return safePath(url.pathname + url.search);
}

/** With its flash: what went wrong, and the typed values that `keep` names. Without a session, to the sign-in. */
export function backToForm(
  page: string,
  error: AppError,
  { fields, keep, ...sent }: Sent,
): Response {
  if (error.code === "no_session") {
    return seeOther(`/sign-in?next=${encodeURIComponent(page)}`);
  }
  const answer = seeOther(page);
  setFlash(answer, page, {
    ...sent,
    code: error.anchor,
    fields: fieldsAtFault(error),
    values: thatFit(fields, keep),
  });
  return answer;
}

/** A browser drops a cookie of 4 kB, and with it the refusal; a value cut short would be sent again as meant. */
function thatFit(
  fields: Record<string, string>,
  keep: readonly string[],
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const key of keep) {
    const longer = { ...values, [key]: fields[key] ?? "" };
    if (Buffer.byteLength(JSON.stringify(longer)) <= 2200)
      Object.assign(values, longer);
  }
  return values;
}

/** What failed before says nothing any more once the form went through. */
export function takeBackFlash(
  answer: Response,
  page: string,
  { headers }: Request,
): void {
  const hasFlash = headers.get("cookie")?.includes(`${flashCookie}=`);
  if (hasFlash) setFlash(answer, page, null);
}

function seeOther(location: string, headers?: Headers): Response {
  const answer = new Response(null, { status: 303, headers });
  answer.headers.set("Location", location);
  return answer;
}

/** For the form's own page alone; null takes it back. */
function setFlash(answer: Response, page: string, flash: Flash | null): void {
  const value = flash ? encodeFlash(flash) : "";
  const path = page.split("?")[0];
  const secure = env().appUrl.startsWith("https:") ? "; Secure" : "";
  answer.headers.append(
    "Set-Cookie",
    `${flashCookie}=${value}; Path=${path}; Max-Age=${flash ? 30 : 0}; HttpOnly; SameSite=Lax${secure}`,
  );
}
