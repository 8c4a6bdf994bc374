import { z } from "zod";
import type { Actor } from "@/lib/platform/context";
import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { EventKey } from "./claim";
import { eventId } from "./event";
import { processEvent, type Outcome } from "./process";

/** The path of POST /api/admin/webhooks/{id}/replay. */
export const replayPath = z.strictObject({ id: eventId });

export const replayAnswer = z.strictObject({
  outcome: z.enum(["done", "ignored", "failed", "dead", "put_off", "busy"]),
});

/**
 * Works on a stored event once more, whatever became of it, with all its attempts before it. Repeatable:
 * the object is fetched anew, and effects have their own keys. Throws not_found. "busy": somebody is at it.
 */
export async function replayEvent(
  id: string,
  actor: Actor,
): Promise<Outcome | "busy"> {
  const [key] = await systemDb(
    "replay",
    (tx) => tx.$queryRaw<EventKey[]>`
      UPDATE stripe_event SET state = 'pending', attempts = 0, finished_at = NULL, note = NULL,
        next_try_at = now(), lease_until = NULL,
        history = history || jsonb_build_object('at', now(), 'replayedBy', ${`${actor.kind}:${actor.id}`}::text)
      WHERE id = ${id} AND (lease_until IS NULL OR lease_until <= now())
      RETURNING account, livemode, id`,
  );
  if (key) return processEvent(key);
  const exists = await systemDb("is it there", (tx) =>
    tx.stripeEvent.count({ where: { id } }),
  );
  if (exists === 0) throw new AppError("not_found");
  return "busy";
}
