import { env } from "./env";
import { describeError, log } from "./log";
import { seconds } from "./time";

/**
 * Tells ERROR_WEBHOOK_URL of an error that nobody foresaw: its class, code and stack, where and in which
 * request. Never what a person sent. Nobody waits for it, and it never throws.
 */
export function reportError(
  error: unknown,
  at: { requestId: string; path?: string },
): void {
  const { ERROR_WEBHOOK_URL: url } = env();
  if (!url) return;
  const body = JSON.stringify({ ...at, error: describeError(error) });
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(seconds(5));
  fetch(url, { method: "POST", headers, body, redirect: "error", signal })
    .then((answer) => {
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
    })
    .catch((failure: unknown) =>
      log().warn({ error: describeError(failure) }, "error not reported"),
    );
}
