import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";

/** Throws no_session unless the bearer is CRON_SECRET. Closed while that is unset (trust F20). */
export function requireCronSecret(request: Request): void {
  const secret = env().CRON_SECRET;
  const given = request.headers.get("authorization") ?? "";
  if (!secret || !equal(given, `Bearer ${secret}`))
    throw new AppError("no_session");
}

/** In constant time whatever the lengths: their hashes are compared. */
function equal(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
