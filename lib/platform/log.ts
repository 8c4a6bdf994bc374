import { pino, type Logger } from "pino";
import { env } from "./env";

let memo: Logger | undefined;

/**
 * Structured log lines. Give ids and codes only, never payloads, headers or whole error objects of
 * Stripe's: a failed signature check carries the customer's data in its error (trust F8).
 */
export function log(): Logger {
  return (memo ??= pino({ level: env().LOG_LEVEL, base: null }));
}

/** What may be logged of an unknown error: its class, code and stack, not its payload. */
export function describeError(error: unknown): {
  name: string;
  code?: string;
  stack?: string;
} {
  if (!(error instanceof Error)) return { name: typeof error };
  const code =
    "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    name: error.name,
    ...(code && { code }),
    ...(error.stack && { stack: error.stack }),
  };
}
