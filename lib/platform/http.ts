import { randomBytes } from "node:crypto";
import { z } from "zod";
import { env, missingSettings } from "./env";
import { AppError } from "./errors";
import { encodeFlash, flashCookie, type Flash } from "./flash";
import { fieldsAtFault, problem, toAppError } from "./problem";
import {
  bodyKind,
  onlyOnce,
  parseBody,
  readBytes,
  type BodyKind,
} from "./request-body";
import {
  described,
  type DescribedRoute,
  type Policy,
  type RouteDescription,
  type RouteWords,
  type Sendable,
} from "./route-description";
import {
  classOf,
  limitAddress,
  limitSubject,
  noteRefusal,
} from "./route-limits";

/**
 * Who may call a route. `identify` runs before the body is parsed, `authorize` after, with fresh
 * membership: so a stranger learns nothing about the shape of a request.
 */
export type Access<Caller, Input, Context> = {
  policy: Policy;
  identify(request: Request): Promise<Caller>;
  authorize(caller: Caller, input: Input, requestId: string): Promise<Context>;
};

export type Reply<Body = unknown> = {
  /** What a JSON caller gets. */
  body: Body;
  /** Where a form post goes on to, by 303. */
  location: string;
  /** What a form post gets instead of the way on: HTML that must not be kept, nor come back to. */
  page?: string;
  headers?: Headers;
};

type Options<
  Schema extends z.ZodType,
  Answer extends z.ZodType,
  Caller,
  Context,
> = RouteWords<Answer> & {
  access: Access<Caller, z.output<Schema>, Context>;
  body: Schema;
  maxBytes?: number;
  /** A form has strings only: this makes of them what the schema takes. */
  fromForm?: (fields: Record<string, string>) => unknown;
  /** Names of typed values that are worth showing again when the form failed. Never a password. */
  keep?: readonly string[];
};

/** What Next gives a handler whose folder has a [name]. */
type PathParams = { params: Promise<Record<string, string>> };
type PathHandler = (request: Request, path?: PathParams) => Promise<Response>;

/**
 * A guarded POST: request id, size, content type, origin, session, rate, syntax, schema, authority, the
 * workspace's own rate, act, in this order; the first that fails answers (trust part 3). Errors are RFC 9457 problems, or, for a form
 * post of a browser, a 303 back to the form with its flash. Never throws.
 */
export function route<
  Schema extends z.ZodType,
  Caller,
  Context,
  Answer extends z.ZodType = z.ZodType,
>(
  options: Options<Schema, Answer, Caller, Context>,
  act: (input: {
    ctx: Context;
    input: z.output<Schema>;
    request: Request;
    requestId: string;
  }) => Promise<Reply<Sendable<z.output<Answer>>>>,
): DescribedRoute<PathHandler> {
  const rate = classOf(options.access.policy, false);
  const handler: PathHandler = async (request, path) => {
    const requestId = newRequestId();
    let kind: BodyKind = "json";
    let fields: Record<string, string> = {};
    let page: string | null = null;
    try {
      assertConfigured();
      const bytes = await readBytes(request, options.maxBytes ?? 16_384);
      kind = bodyKind(request);
      assertOwnCaller(request, kind, options.access.policy);
      if (kind === "form" && wantsPage(request)) page = formPage(request);
      const caller = await options.access.identify(request);
      await limitAddress(rate, request);
      let body = parseBody(kind, bytes);
      if (kind === "form") {
        fields = body as Record<string, string>;
        body = options.fromForm ? options.fromForm(fields) : fields;
      }
      const input = await options.body.parseAsync(
        withPath(body, path && (await path.params)),
      );
      const ctx = await options.access.authorize(caller, input, requestId);
      await limitSubject(rate, ctx);
      const done = await act({ ctx, input, request, requestId });
      const answer = reply(done, kind, options.status);
      if (page && hasFlash(request)) setFlash(answer, page, null);
      return finish(answer, requestId);
    } catch (thrown) {
      const error = toAppError(thrown, requestId);
      await noteRefusal(rate, error, request);
      if (!page) return finish(problem(error, requestId), requestId);
      const values = thatFit(fields, options.keep ?? []);
      const action = new URL(request.url).pathname;
      const answer = backToForm(page, error, { requestId, values, action });
      return finish(answer, requestId);
    }
  };
  const { access, body } = options;
  return described(handler, describe(options, access.policy, "body", body));
}

/** A guarded GET: session, authority, act. Its input is what stands in its query and its path. Changes nothing. */
export function readRoute<
  Schema extends z.ZodType,
  Caller,
  Context,
  Answer extends z.ZodType = z.ZodType,
>(
  options: RouteWords<Answer> & {
    access: Access<Caller, z.output<Schema>, Context>;
    path: Schema;
  },
  act: (input: {
    ctx: Context;
    input: z.output<Schema>;
  }) => Promise<Sendable<z.output<Answer>>>,
): DescribedRoute<PathHandler> {
  const rate = classOf(options.access.policy, true);
  const handler: PathHandler = async (request, path) => {
    const requestId = newRequestId();
    try {
      assertConfigured();
      if (takesKey(request, options.access.policy)) assertKeyAlone(request);
      const caller = await options.access.identify(request);
      await limitAddress(rate, request);
      const query = onlyOnce(new URL(request.url).searchParams);
      const input = await options.path.parseAsync(
        withPath(query, path && (await path.params)),
      );
      const ctx = await options.access.authorize(caller, input, requestId);
      await limitSubject(rate, ctx);
      return finish(Response.json(await act({ ctx, input })), requestId);
    } catch (thrown) {
      return finish(
        problem(toAppError(thrown, requestId), requestId),
        requestId,
      );
    }
  };
  const { access, path } = options;
  return described(handler, describe(options, access.policy, "query", path));
}

/** A route without session or origin: its caller proves itself by what it sends (a signature, a token). */
export function rawRoute<Answer extends z.ZodType = z.ZodType>(
  options: RouteWords<Answer> & {
    access: Pick<Access<unknown, unknown, unknown>, "policy" | "identify">;
    maxBytes: number;
  },
  act: (input: {
    bytes: Uint8Array;
    request: Request;
    requestId: string;
  }) => Promise<Sendable<z.output<Answer>>>,
): DescribedRoute<(request: Request) => Promise<Response>> {
  const handler = async (request: Request) => {
    const requestId = newRequestId();
    try {
      assertConfigured();
      await options.access.identify(request);
      const bytes = await readBytes(request, options.maxBytes);
      return finish(
        Response.json(await act({ bytes, request, requestId })),
        requestId,
      );
    } catch (thrown) {
      return finish(
        problem(toAppError(thrown, requestId), requestId),
        requestId,
      );
    }
  };
  const { policy } = options.access;
  return described(handler, describe(options, policy, null, null));
}

/** A GET that anybody may open, such as a link in a mail. What it answers with, it decides by itself. */
export function openRoute(
  words: RouteWords,
  handler: (request: Request) => Promise<Response>,
): DescribedRoute<(request: Request) => Promise<Response>> {
  return described(
    (request: Request) => handler(request),
    describe(words, { caller: "anyone" }, null, null),
  );
}

/** The answer of a route that has nothing to tell. */
export const nothing = z.strictObject({});

/** The answer of a route that made something. */
export const idAnswer = z.strictObject({ id: z.string() });

/** The answer of a route that only says where a person goes on. */
export const whereTo = z.strictObject({ location: z.string() });

/** The caller's own name for this very wish; a form, which cannot send the header, has it among its fields. */
export function requestKeyOf(
  request: Request,
  { requestKey }: { requestKey?: string | undefined },
): string | null {
  return request.headers.get("idempotency-key") ?? requestKey ?? null;
}

/** A path of this site that is safe to redirect to; null for anything else (trust row 81). */
export function safePath(path: string | null | undefined): string | null {
  if (!path || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return null;
  const { appUrl } = env();
  const { origin, pathname, search } = new URL(path, appUrl);
  // "/.//evil.com" is parsed to the path "//evil.com", which a browser reads as another host.
  const own = origin === new URL(appUrl).origin && !pathname.startsWith("//");
  return own ? pathname + search : null;
}

function describe(
  { summary, answer, status, refusals, idempotencyKey }: RouteWords,
  policy: Policy,
  takes: RouteDescription["takes"],
  input: z.ZodType | null,
): RouteDescription {
  const words = { summary, answer, status, refusals, idempotencyKey };
  return { ...words, policy, takes, input };
}

/** What stands in the path joins the body, and wins. */
function withPath(body: unknown, params: object | undefined): unknown {
  const isObject =
    typeof body === "object" && body !== null && !Array.isArray(body);
  return params && isObject ? { ...body, ...params } : body;
}

/** By which a person, the log and Stripe name one request. */
export function newRequestId(): string {
  return `req_${randomBytes(9).toString("base64url")}`;
}

function assertConfigured(): void {
  if (missingSettings().length > 0) throw new AppError("not_configured");
}

/** The bearer of a request, such as an API key; null without one. */
export function bearerOf({ headers }: Request): string | null {
  const [, token] =
    /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  return token ?? null;
}

function takesKey(request: Request, policy: Policy): boolean {
  const keys = policy.caller === "member" && policy.keys === true;
  return keys && request.headers.has("authorization");
}

/** Cookies are sent by a browser alone, and no key belongs into one: with both, who is meant? */
function assertKeyAlone(request: Request): void {
  const alone = bearerOf(request) !== null && !request.headers.has("cookie");
  if (!alone) throw new AppError("api_key_misused");
}

/** A key proves by itself that no other site made a browser send this; everything else must be of our origin. */
function assertOwnCaller(
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

function reply(
  { body, location, page, headers }: Reply,
  kind: BodyKind,
  status = 200,
): Response {
  if (kind === "json") return Response.json(body, { status, headers });
  if (page !== undefined) {
    const answer = new Response(page, { headers });
    answer.headers.set("Content-Type", "text/html; charset=utf-8");
    answer.headers.set("Content-Security-Policy", "default-src 'none'");
    return answer;
  }
  const answer = new Response(null, { status: 303, headers });
  answer.headers.set("Location", location);
  return answer;
}

function wantsPage(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes("text/html");
}

function formPage(request: Request): string | null {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  if (url.origin !== new URL(env().appUrl).origin) return null;
  url.searchParams.delete("done"); // what worked before says nothing about this post
  return safePath(url.pathname + url.search);
}

function backToForm(
  page: string,
  error: AppError,
  sent: Pick<Flash, "requestId" | "values" | "action">,
): Response {
  if (error.code === "no_session") {
    return new Response(null, {
      status: 303,
      headers: { Location: `/sign-in?next=${encodeURIComponent(page)}` },
    });
  }
  const answer = new Response(null, {
    status: 303,
    headers: { Location: page },
  });
  const fields = fieldsAtFault(error);
  setFlash(answer, page, { code: error.anchor, fields, ...sent });
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

function hasFlash(request: Request): boolean {
  return (request.headers.get("cookie") ?? "").includes(`${flashCookie}=`);
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

function finish(response: Response, requestId: string): Response {
  response.headers.set("Request-Id", requestId);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}
