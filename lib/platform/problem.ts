import { z } from "zod";
import { Prisma } from "@/prisma/client/client";
import { AppError } from "./errors";
import { describeError, log } from "./log";
import { reportError } from "./report-error";
import { fromStripe } from "./stripe-errors";

/**
 * Any thrown value as the one error a caller may see. What is not ours is logged, a bank's no excepted, and reported
 * if nobody foresaw it.
 */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    return new AppError("validation", {
      param: error.issues[0]?.path.join("."),
      cause: error,
    });
  }
  const stripes = fromStripe(error);
  if (stripes?.kind === "card_error") return stripes; // the bank's answer, and no failure of ours
  log().error({ requestId, error: describeError(error) }, "request failed");
  if (stripes) return stripes;
  if (isDatabaseDown(error))
    return new AppError("database_unavailable", { cause: error });
  reportError(error, { requestId });
  return new AppError("internal", { cause: error });
}

/** RFC 9457, with the extension members that callers of Stripe know: code, decline_code, param, request_id. */
export function problem(error: AppError, requestId: string): Response {
  const body = {
    type: `/docs/errors#${error.anchor}`,
    title: error.message,
    status: error.status,
    error_type: error.kind,
    code: error.code,
    ...(error.param && { param: error.param }),
    ...(error.hint && { hint: error.hint }),
    ...error.members,
    request_id: requestId,
    ...(error.cause instanceof z.ZodError && {
      errors: error.cause.issues.map((issue) => ({
        pointer: `/${issue.path.join("/")}`,
        code: issue.code,
      })),
    }),
  };
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: {
      "Content-Type": "application/problem+json",
      ...(error.retryAfter && { "Retry-After": String(error.retryAfter) }),
    },
  });
}

/** The fields of a form that the error is about, few enough for a cookie; code null: the error says it itself. */
export function fieldsAtFault(
  error: AppError,
): { name: string; code: string | null }[] {
  if (error.cause instanceof z.ZodError) {
    return error.cause.issues
      .map(({ path, code }) => ({ name: path.join("/"), code }))
      .slice(0, 8);
  }
  return error.param ? [{ name: error.param, code: null }] : [];
}

const connectionCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
]);
/** `error` is what pg names what the server itself says. */
const fromDatabase = /^(Prisma|DriverAdapter|error$)/;
const connectionLost =
  /ECONNREFUSED|ECONNRESET|terminat|can't reach database server/i;
const poolGaveUp =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** Other servers refuse connections too, a mail server for one: the error must be the database's own. */
function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (connectionCodes.has(error.code)) return true;
  }
  if (poolGaveUp.test(error.message)) return true;
  return fromDatabase.test(error.name) && connectionLost.test(error.message);
}
