import { authDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { minutes } from "@/lib/platform/time";

/**
 * For what better-auth does not count: at most `max` tries a minute under one key, counted by the database,
 * so that simultaneous ones cannot slip through. Throws rate_limited.
 */
export async function limitTries(key: string, max: number): Promise<void> {
  const now = Date.now();
  const since = now - minutes(1);
  const [row] = await authDb().$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limit (id, key, count, last_request)
    VALUES (${crypto.randomUUID()}, ${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN rate_limit.last_request < ${since} THEN 1 ELSE rate_limit.count + 1 END,
      last_request = CASE WHEN rate_limit.last_request < ${since} THEN ${now} ELSE rate_limit.last_request END
    RETURNING count`;
  if (!row || row.count > max)
    throw new AppError("rate_limited", { retryAfter: 60 });
}
