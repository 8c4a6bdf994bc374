import type { Actor } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { EventKey } from "./claim";
import { processEvent, type Outcome } from "./process";

/**
 * Works on a stored event once more, whatever became of it, with all its attempts before it. Repeatable:
 * the object is fetched anew, and effects have their own keys. Throws not_found. "busy": somebody is at it.
 */
export async function replayEvent(
  key: EventKey,
  actor: Actor,
): Promise<Outcome | "busy"> {
  const reset = await systemDb(
    "replay",
    (tx) => tx.$executeRaw`
      UPDATE stripe_event SET state = 'pending', attempts = 0, finished_at = NULL, note = NULL,
        next_try_at = now(), lease_until = NULL,
        history = history || jsonb_build_object('at', now(), 'replayedBy', ${`${actor.kind}:${actor.id}`}::text)
      WHERE account = ${key.account} AND livemode = ${key.livemode} AND id = ${key.id}
        AND (lease_until IS NULL OR lease_until <= now())`,
  );
  if (reset > 0) return processEvent(key);
  const { account, livemode, id } = key;
  const exists = await systemDb("is it there", (tx) =>
    tx.stripeEvent.count({ where: { account, livemode, id } }),
  );
  if (exists === 0) throw new AppError("not_found");
  return "busy";
}
