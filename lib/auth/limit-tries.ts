import { createHash } from "node:crypto";
import { authDb } from "@/lib/platform/db";
import { AppError, type ErrorCode } from "@/lib/platform/errors";

/** One act of one person, or with one address: at most `max` times `within` so many milliseconds. */
export type Tries = {
  act: string;
  /** Whose; kept as a hash, since it may be an address. */
  of: string;
  max: number;
  within: number;
};

/**
 * For what better-auth does not count, or only by the caller's address: one more try, counted by the database,
 * so that simultaneous ones cannot slip through. Throws `code` beyond the limit, until its time is over.
 */
export async function limitTries(
  tries: Tries,
  code: ErrorCode = "rate_limited",
): Promise<void> {
  const now = Date.now();
  const end = now + tries.within;
  // better-auth clears this table by last_request: the end stands there, or it would forget too soon.
  const [row] = await authDb().$queryRaw<{ count: number; end: bigint }[]>`
    INSERT INTO rate_limit (id, key, count, last_request)
    VALUES (${crypto.randomUUID()}, ${keyOf(tries)}, 1, ${end})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit.last_request <= ${now} THEN 1 ELSE rate_limit.count + 1 END,
      last_request = CASE WHEN rate_limit.last_request <= ${now} THEN ${end} ELSE rate_limit.last_request END
    RETURNING count, last_request AS "end"`;
  if (row && row.count <= tries.max) return;
  const wait = Number(row?.end ?? end) - now;
  throw new AppError(code, { retryAfter: Math.ceil(wait / 1000) });
}

/** Begins anew: what was tried has worked. */
export async function forgetTries(
  tries: Pick<Tries, "act" | "of">,
): Promise<void> {
  await authDb().rateLimit.deleteMany({ where: { key: keyOf(tries) } });
}

function keyOf({ act, of }: Pick<Tries, "act" | "of">): string {
  return `${act}:${createHash("sha256").update(of).digest("base64url")}`;
}
