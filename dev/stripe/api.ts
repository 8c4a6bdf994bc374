import { setTimeout as pause } from "node:timers/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "./authenticate";
import { atTime } from "./clock";
import { API_VERSION, type Context, type World } from "./context";
import { complaintsOf } from "./contract/check-answer";
import type { ContractOperation } from "./contract/shape";
import { ApiError, invalidRequest, isRefusal, notBuilt } from "./errors";
import { expandAll } from "./expand";
import type { Faults } from "./faults";
import { parseForm } from "./form-body";
import { fingerprint, keptAnswer } from "./idempotency";
import { newId } from "./ids";
import { readBody } from "./read-body";
import { findRoute } from "./routes";

type RequestCounts = Map<string, { received: number; executed: number }>;
type LoggedRequest = {
  at: number;
  id: string;
  method: string;
  path: string;
  status: number;
};
export type Api = World & {
  /** The latest requests, oldest first. */
  log: LoggedRequest[];
  counts: RequestCounts;
  faults: Faults;
  /** Idempotency keys of requests that have not been answered yet. */
  running: Set<string>;
};
type Answer = {
  status: number;
  body: string;
  early?: boolean;
  replayOf?: string;
};

/** Answers one request below /v1/ as Stripe would. */
export async function answerApi(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = newId("req");
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", api.origin);
  const key =
    method === "POST" ? header(request, "idempotency-key") : undefined;
  const ctx: Context = {
    ...api,
    request: { id: requestId, idempotency_key: key ?? null },
  };
  const fault = api.faults.take(method, url.pathname);
  const released = fault?.hold && api.faults.held(fault);
  let answer: Answer;
  try {
    const sent = await readBody(request);
    authenticate(header(request, "authorization"));
    if (fault?.permission) throw notAllowed(fault.permission);
    if (fault?.status) throw injected(fault.status);
    const form =
      method === "POST"
        ? sent
        : [url.search.slice(1), sent].filter(Boolean).join("&");
    const asked = {
      key,
      method,
      path: url.pathname,
      form,
      delayMs: fault?.delayMs ?? 0,
      released: fault?.hold === "request" ? released : undefined,
    };
    answer = await execute(api, ctx, asked);
  } catch (error) {
    answer = failure(requestId, error);
  }
  const { status } = answer;
  const at = api.clock.now();
  api.log.push({ at, id: requestId, method, path: url.pathname, status });
  if (api.log.length > 200) api.log.shift();
  if (fault?.hold === "answer") await released;
  if (fault?.dropAnswer) {
    request.socket.destroy();
    return;
  }
  const ownRetry = answer.status === 409 || (fault?.status ?? 0) >= 429;
  response.writeHead(answer.status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-cache, no-store",
    "Request-Id": requestId,
    "Stripe-Version": header(request, "stripe-version") ?? API_VERSION,
    Vary: "Origin",
    ...(key && {
      "Idempotency-Key": key,
      "Original-Request": answer.replayOf ?? requestId,
    }),
    ...(answer.replayOf && { "Idempotent-Replayed": "true" }),
    ...((method === "POST" || answer.status === 501) &&
      !ownRetry && { "Stripe-Should-Retry": "false" }),
    ...(answer.status === 401 && {
      "WWW-Authenticate": 'Bearer realm="Stripe"',
    }),
  });
  response.end(answer.body);
}

async function execute(
  api: Api,
  ctx: Context,
  asked: {
    key: string | undefined;
    method: string;
    path: string;
    form: string;
    delayMs: number;
    released: Promise<void> | undefined;
  },
): Promise<Answer> {
  const { key, method, path } = asked;
  const route = findRoute(method, path);
  if (!route) {
    throw invalidRequest(
      `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      { status: 404 },
    );
  }
  const { contract, operation } = route;
  if (!operation) throw notBuilt(`${contract.name} (${method} ${path})`);
  const count = countOf(api.counts, `${method} ${contract.path}`);
  count.received += 1;
  const request = fingerprint(method, path, asked.form);
  if (key) {
    const kept = keptAnswer(api.store, api.running, {
      key,
      request,
      now: ctx.clock.now(),
    });
    if (kept)
      return {
        status: kept.status,
        body: kept.body,
        replayOf: kept.request_id,
      };
    api.running.add(key);
  }
  try {
    const prepared = operation.prepare(parseForm(asked.form));
    if (asked.delayMs > 0) await pause(asked.delayMs);
    await asked.released;
    count.executed += 1;
    // All that a request does happens at one moment.
    const then = atTime(ctx, ctx.clock.now());
    const run = () =>
      settle(then, () => {
        const result = prepared.run(then, route.ids);
        if (isRefusal(result)) return result;
        const shown = expandAll(then, result, prepared.expand);
        return checked(then, contract, shown);
      });
    const answer = api.store.transact(() => {
      const settled = run();
      if (key && !settled.early) keep(then, { key, request, answer: settled });
      return settled;
    });
    ctx.wake();
    return answer;
  } finally {
    if (key) api.running.delete(key);
  }
}

/** In strict mode an answer that Stripe could not have given fails the request, and so the test. */
function checked(
  ctx: Context,
  { name, answer }: ContractOperation,
  result: object,
): object {
  if (!ctx.strict) return result;
  const wrong = complaintsOf(answer ?? "any", result);
  if (wrong.length > 0)
    throw new Error(`${name} breaks the contract: ${wrong.join("; ")}`);
  return result;
}

/** Turns a thrown refusal into an answer after undoing what the operation had begun. */
function settle(ctx: Context, run: () => object): Answer {
  try {
    const result = ctx.store.attempt(run);
    if (isRefusal(result)) return failure(ctx.request.id, result.refusal);
    return { status: 200, body: JSON.stringify(result, null, 2) };
  } catch (error) {
    return failure(ctx.request.id, error);
  }
}

function keep(
  ctx: Context,
  done: { key: string; request: string; answer: Answer },
): void {
  ctx.store.put("kept_answer", {
    id: done.key,
    request: done.request,
    request_id: ctx.request.id ?? "",
    status: done.answer.status,
    body: done.answer.body,
    created: ctx.clock.now(),
  });
}

function failure(requestId: string | null, error: unknown): Answer {
  if (error instanceof ApiError) {
    const log = `https://dashboard.stripe.com/test/workbench/logs?object=${requestId}`;
    const { type, ...body } = error.body;
    const shown =
      error.status === 401
        ? { ...body, type }
        : { ...body, request_log_url: log, type };
    return {
      early: error.early,
      status: error.status,
      body: JSON.stringify({ error: shown }, null, 2),
    };
  }
  console.error("stripe emulator:", error);
  const message = "The emulator failed; its log says why.";
  return {
    status: 500,
    body: JSON.stringify({ error: { message, type: "api_error" } }, null, 2),
  };
}

function notAllowed(permission: string): ApiError {
  return new ApiError(403, {
    message: `The provided key 'rk_test_*********' does not have the required permissions for this endpoint on account 'acct_emulator'. Having the '${permission}' permission would allow this request to continue.`,
    type: "invalid_request_error",
  });
}

function injected(status: number): ApiError {
  return new ApiError(status, {
    ...(status === 429 && { code: "rate_limit" }),
    message: `Injected fault ${status}`,
    type: "api_error",
  });
}

function countOf(
  counts: RequestCounts,
  route: string,
): { received: number; executed: number } {
  let count = counts.get(route);
  if (!count) counts.set(route, (count = { received: 0, executed: 0 }));
  return count;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
