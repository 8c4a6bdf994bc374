import { createHash } from "node:crypto";
import { ApiError, invalidRequest } from "./errors";
import type { KeptAnswer } from "./records";
import type { Store } from "./store";

const DAY = 24 * 60 * 60;

export function fingerprint(
  method: string,
  path: string,
  body: string,
): string {
  return createHash("sha256")
    .update(`${method} ${path}\n${body}`)
    .digest("base64");
}

/** The answer this key already got, if any; refuses a key that is reused or still running. */
export function keptAnswer(
  store: Store,
  running: ReadonlySet<string>,
  asked: { key: string; request: string; now: number },
): KeptAnswer | undefined {
  const { key, request, now } = asked;
  if (key.length > 255) {
    throw invalidRequest(
      "Idempotency keys can be at most 255 characters long.",
    );
  }
  const kept = store.get("kept_answer", key);
  if (kept && kept.created > now - DAY) {
    if (kept.request === request) return kept;
    throw new ApiError(400, {
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      type: "idempotency_error",
    });
  }
  if (running.has(key)) {
    throw new ApiError(409, {
      code: "idempotency_key_in_use",
      doc_url: "https://stripe.com/docs/error-codes/idempotency-key-in-use",
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      type: "idempotency_error",
    });
  }
  return undefined;
}

/** Keys older than a day mean nothing any more. */
export function forgetOldAnswers(store: Store, now: number): void {
  for (const kept of store.all("kept_answer")) {
    if (kept.created <= now - DAY) store.remove("kept_answer", kept.id);
  }
}
