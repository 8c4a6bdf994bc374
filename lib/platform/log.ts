import { pino } from "pino";
import { env } from "./env";
import { scrub } from "./scrub";

/** What may stand in a line of the log, each by its name: ids and codes. Anything else is not written. */
const names = [
  "alarm",
  "attempts",
  "effectId",
  "eventId",
  "kind",
  "lookupKey",
  "objectId",
  "orderId",
  "part",
  "reason",
  "requestId",
  "sessionId", // of Checkout, never of a person
  "subject",
  "subscriptionId",
  "tenantId",
  "type",
  "userId",
] as const;

type Described = ReturnType<typeof describeError>;
type Fields = Partial<Record<(typeof names)[number], string | number>> & {
  error?: Described;
};
type Write = (...line: [fields: Fields, words: string] | [string]) => void;
type Log = Record<"debug" | "info" | "warn" | "error", Write>;

let memo: Log | undefined;

/** Structured lines on standard output. What is not allowed by name is left out, whatever the caller gives. */
export function log(): Log {
  return (memo ??= createLog());
}

/** `sink` gets the lines in place of standard output. */
export function createLog(sink?: { write(line: string): void }): Log {
  const options = {
    level: env().LOG_LEVEL,
    base: null,
    formatters: { log: allowed },
  };
  return sink ? pino(options, sink) : pino(options);
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "number") kept[name] = value;
    if (typeof value === "string") kept[name] = value.slice(0, 200);
  }
  // Described anew: a whole error given by mistake leaves no more than a described one.
  if (fields["error"]) kept["error"] = describe(fields["error"]);
  return kept;
}

/**
 * What may be logged of an unknown error: its class and code, its words without anybody's values, and where it
 * was thrown. A failed signature check, for one, carries the customer's data in its error (trust F8).
 */
export function describeError(error: unknown): {
  name: string;
  code?: string;
  digest?: string;
  message?: string;
  stack?: string;
} {
  return error instanceof Error ? describe(error) : { name: typeof error };
}

function describe(error: unknown) {
  const part = (name: string) => {
    const value: unknown = Reflect.get(Object(error), name);
    return typeof value === "string" ? value : "";
  };
  const word = (name: string) => /^[\w.:;@-]{1,64}$/.exec(part(name))?.[0];
  const [code, digest] = [word("code"), word("digest")];
  const message = scrub(part("message"));
  const stack = framesOf(part("stack"), part("message"));
  return {
    name: word("name") ?? "Error",
    ...(code && { code }),
    ...(digest && { digest }),
    ...(message && { message }),
    ...(stack && { stack }),
  };
}

/** A stack begins with the message, which may have lines that look like places. */
function framesOf(stack: string, message: string): string {
  const at = stack.indexOf(message);
  const behind = at < 0 ? stack : stack.slice(at + message.length);
  const lines = behind
    .split("\n")
    .filter((line) => /^\s+at \S.*:\d+:\d+\)?$/.test(line));
  return lines.slice(0, 12).join("\n");
}

/** From now on, what Next and libraries say of errors goes through log() as well: they would print them whole. */
export function logConsoleErrors(to = log()): void {
  // oxlint-disable-next-line no-console -- this is what takes its place
  console.error = (...said: unknown[]) => {
    const error = said.find((one) => one instanceof Error);
    const words = said.filter((one) => typeof one === "string").join(" ");
    to.error(
      error ? { error: describeError(error) } : {},
      scrub(words) || "nobody caught this",
    );
  };
}
