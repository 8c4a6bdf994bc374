import { env } from "./env";
import { AppError } from "./errors";
import type { BodyKind } from "./request-body";
import type { Policy } from "./route-description";

/** The bearer of a request, such as an API key; null without one. */
export function bearerOf({ headers }: Request): string | null {
  const [, token] =
    /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  return token ?? null;
}

/** Whether the request comes with a key to a route that takes one. */
export function takesKey(request: Request, policy: Policy): boolean {
  const keys = policy.caller === "member" && policy.keys === true;
  return keys && request.headers.has("authorization");
}

/** Cookies come from browsers alone, and no key belongs into one: with both, who is meant? Throws api_key_misused. */
export function assertKeyAlone(request: Request): void {
  const alone = bearerOf(request) !== null && !request.headers.has("cookie");
  if (!alone) throw new AppError("api_key_misused");
}

/**
 * A key proves by itself that no other site made a browser send this; everything else must be of our origin.
 * @throws AppError cross_site | api_key_misused
 */
export function assertOwnCaller(
  request: Request,
  kind: BodyKind,
  policy: Policy,
): void {
  if (!takesKey(request, policy)) return assertSameOrigin(request);
  if (kind === "form") throw new AppError("api_key_misused");
  assertKeyAlone(request);
}

/**
 * Compared with APP_URL alone: Host and X-Forwarded-Host are the caller's own text (trust F13, F16). A browser that
 * says both of where a request comes from says the same; what does not agree comes from no browser.
 */
function assertSameOrigin({ headers }: Request): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOwn = origin === null || origin === new URL(env().appUrl).origin;
  const isSameSite = site === null ? origin !== null : site === "same-origin";
  if (!isOwn || !isSameSite) throw new AppError("cross_site");
}
