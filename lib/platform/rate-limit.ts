import { createHash } from "node:crypto";
import { authDb } from "./db";
import { AppError, type ErrorCode } from "./errors";
import { days } from "./time";

/** One act of one person, or with one address: at most `max` times `within` so many milliseconds. */
export type Tries = {
  act: string;
  /** Whose; kept as a hash, since it may be an address. */
  of: string;
  max: number;
  within: number;
};

/**
 * One more try, counted by the database in one statement, so that simultaneous ones on any number of instances
 * cannot slip through. Throws `code` beyond the limit, until its time is over.
 */
export async function limitTries(
  tries: Tries,
  code: ErrorCode = "rate_limited",
): Promise<void> {
  const { count, end, now } = await countTry(tries);
  if (count > tries.max) throw beyond(end - now, code);
}

/** The same for what is better left undone than refused: says whether it is within the limit. */
export async function isWithinLimit(tries: Tries): Promise<boolean> {
  return (await countTry(tries)).count <= tries.max;
}

/** How many there are now, this one included, and when they are forgotten; the moments in milliseconds. */
export async function countTry(
  tries: Tries,
): Promise<{ count: number; end: number; now: number }> {
  const now = Date.now();
  const end = now + tries.within;
  const [row] = await authDb().$queryRaw<{ count: number; end: bigint }[]>`
    INSERT INTO rate_limit (id, key, count, last_request)
    VALUES (${crypto.randomUUID()}, ${keyOf(tries)}, 1, ${end})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit.last_request <= ${now} THEN 1 ELSE rate_limit.count + 1 END,
      last_request = CASE WHEN rate_limit.last_request <= ${now} THEN ${end} ELSE rate_limit.last_request END
    RETURNING count, last_request AS "end"`;
  return { count: row?.count ?? 1, end: Number(row?.end ?? end), now };
}

/** Throws `code` where it is beyond its limit already; counts nothing. */
export async function requireUnspent(
  tries: Tries,
  code: ErrorCode,
): Promise<void> {
  const now = Date.now();
  const spent = await authDb().rateLimit.findFirst({
    where: {
      key: keyOf(tries),
      lastRequest: { gt: now },
      count: { gt: tries.max },
    },
  });
  if (spent) throw beyond(Number(spent.lastRequest) - now, code);
}

/** Begins anew: what was tried has worked. */
export async function forgetTries(
  tries: Pick<Tries, "act" | "of">,
): Promise<void> {
  await authDb().rateLimit.deleteMany({ where: { key: keyOf(tries) } });
}

/** Deletes what nobody will be asked about again. */
export async function forgetOldTries(): Promise<number> {
  const { count } = await authDb().rateLimit.deleteMany({
    where: { lastRequest: { lt: Date.now() - days(1) } },
  });
  return count;
}

function beyond(wait: number, code: ErrorCode): AppError {
  return new AppError(code, { retryAfter: Math.ceil(wait / 1000) });
}

function keyOf({ act, of }: Pick<Tries, "act" | "of">): string {
  return `${act}:${createHash("sha256").update(of).digest("base64url")}`;
}
