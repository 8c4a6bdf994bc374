import { raiseAlarm } from "@/lib/platform/alarm";
import { maxAttempts } from "@/lib/platform/backoff";
import { describeError, log } from "@/lib/platform/log";
import { traced } from "@/lib/platform/trace";
import { ReadBudgetSpent } from "@/lib/sync/read-budget";
import {
  claimDueEvent,
  claimEvent,
  type ClaimedEvent,
  type EventKey,
} from "./claim";
import { drawConsequences } from "./consequences";
import { handlerFor, typesLike } from "./handlers";
import { markDone, markFailed, markIgnored, putOff } from "./mark";

export type Outcome = "done" | "ignored" | "failed" | "dead" | "put_off";

/** Works on one stored event; "busy" when it is finished, or somebody else is at it or at its object. */
export async function processEvent(key: EventKey): Promise<Outcome | "busy"> {
  const event = await claimEvent(key);
  return event ? workTraced(event) : "busy";
}

/** Works on the event that has been due longest; null when nothing is due. */
export async function processDueEvent(): Promise<Outcome | null> {
  const event = await claimDueEvent();
  return event ? workTraced(event) : null;
}

function workTraced(event: ClaimedEvent): Promise<Outcome> {
  const told = {
    "event.type": event.type,
    "event.attempt": event.attempts,
    "event.waited_ms": event.claimedAt.getTime() - event.receivedAt.getTime(),
  };
  return traced("work on webhook", told, async (note) => {
    const outcome = await work(event);
    note({ "event.outcome": outcome });
    return outcome;
  });
}

async function work(event: ClaimedEvent): Promise<Outcome> {
  try {
    // Nobody lived to report the failure of the last attempt that it had.
    if (event.attempts > maxAttempts) throw new Error("gave no answer");
    const ignored = await handle(event);
    if (ignored === null) await markDone(event, typesLike(event.type));
    else await markIgnored(event, ignored);
    return ignored === null ? "done" : "ignored";
  } catch (error) {
    if (error instanceof ReadBudgetSpent) {
      await putOff(event);
      return "put_off";
    }
    return fail(event, error);
  }
}

/**
 * The event is a doorbell: only its object's id is used, the truth is fetched (hazards 1 and 32). Returns
 * why it is none of ours; null when it was.
 */
async function handle(event: ClaimedEvent): Promise<string | null> {
  const handler = handlerFor(event.type);
  if (!handler) return "unhandled_type";
  if (!event.objectId) return "no_object_id";
  const actor = { kind: "stripe", id: event.id } as const;
  const at = event.createdAt && { at: event.createdAt };
  const cause = { actor, cause: event.id, ...at };
  const result = await handler.sync(event.objectId, cause);
  if ("ignored" in result) return result.ignored;
  await drawConsequences({ ...cause, ...result });
  if (handler.alarm) await raiseAlarm(handler.alarm, event.objectId);
  return null;
}

async function fail(
  event: ClaimedEvent,
  error: unknown,
): Promise<"failed" | "dead"> {
  const described = describeError(error);
  const { id: eventId, type, attempts } = event;
  log().error({ eventId, type, attempts, error: described }, "event failed");
  const { name, code } = described;
  const outcome = await markFailed(event, code ? `${name}: ${code}` : name);
  if (outcome === "dead") await raiseAlarm("event_dead", eventId);
  return outcome;
}
