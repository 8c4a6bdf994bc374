import type { Context } from "../context";
import { ApiError, isRefusal, notBuilt, type Refusal } from "../errors";
import { parseForm } from "../form-body";
import { findRoute } from "../routes";

/**
 * Asks the API as the shop would: the same checks, the same events. Inside a transaction; throws
 * what the API refuses, and returns a refusal that leaves something behind.
 */
export function ask(
  ctx: Context,
  request: `${"DELETE" | "GET" | "POST"} /v1/${string}`,
  params: Record<string, string> = {},
): object | Refusal {
  const [method = "", path = ""] = request.split(" ");
  const route = findRoute(method, path);
  if (!route?.operation) throw notBuilt(request);
  const form = new URLSearchParams(params).toString();
  return route.operation.prepare(parseForm(form)).run(ctx, route.ids);
}

/** Does it whole or not at all; returns why it was refused. */
export function attempt(
  ctx: Context,
  work: () => object | void,
): ApiError | undefined {
  try {
    return ctx.store.transact(() => {
      const result = work();
      return result && isRefusal(result) ? result.refusal : undefined;
    });
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  } finally {
    ctx.wake();
  }
}
