import { randomBytes } from "node:crypto";
import { z } from "zod";
import { missingSettings } from "./env";
import { AppError } from "./errors";
import {
  answerForm,
  backToForm,
  formPage,
  takeBackFlash,
  type FormReply,
} from "./form-answer";
import { assertKeyAlone, assertOwnCaller, takesKey } from "./own-caller";
import { problem, toAppError } from "./problem";
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

/** A JSON caller gets the body, a form post the rest. */
export type Reply<Body = unknown> = FormReply & { body: Body };

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
 * A guarded POST: request id, size, content type, origin, session, rate, syntax, schema, authority, the workspace's
 * own rate, act, in this order; the first that fails answers (trust part 3). Never throws. Errors are RFC 9457
 * problems, or, for a form post of a browser, a 303 back to the form with its flash.
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
      if (kind === "form") page = formPage(request);
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
      const { body: json, headers } = done;
      const answer =
        kind === "form"
          ? answerForm(done)
          : Response.json(json, { status: options.status, headers });
      if (page) takeBackFlash(answer, page, request);
      return finish(answer, requestId);
    } catch (thrown) {
      const error = toAppError(thrown, requestId);
      await noteRefusal(rate, error, request);
      if (!page) return finish(problem(error, requestId), requestId);
      const action = new URL(request.url).pathname;
      const sent = { requestId, action, fields, keep: options.keep ?? [] };
      return finish(backToForm(page, error, sent), requestId);
    }
  };
  const { access, body } = options;
  return described(handler, describe(options, access.policy, "body", body));
}

/**
 * A guarded GET: session, authority, act. Its input is what stands in its query and its path. Changes nothing. One
 * that says it answers with a file gives the whole answer.
 */
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
      const done = await act({ ctx, input });
      const isFile = done instanceof Response;
      return finish(isFile ? done : Response.json(done), requestId);
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

function describe(
  { summary, answer, status, file, refusals, idempotencyKey }: RouteWords,
  policy: Policy,
  takes: RouteDescription["takes"],
  input: z.ZodType | null,
): RouteDescription {
  const words = { summary, answer, status, file, refusals, idempotencyKey };
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

function finish(response: Response, requestId: string): Response {
  response.headers.set("Request-Id", requestId);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}
