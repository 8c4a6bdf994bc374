import { complaintsOfObject } from "./contract/check-answer";
import { API_VERSION, type Context } from "./context";
import { newId } from "./ids";
import type { Event, WebhookEndpoint } from "./objects";

/** An invoice that is only announced has no id. */
const NOT_YET = "";

/** Records an event with a snapshot of the object and queues it for each endpoint that listens. */
export function emit(
  ctx: Context,
  type: string,
  object: object,
  before?: object,
): Event {
  if (ctx.strict) {
    const wrong = complaintsOfObject({ id: NOT_YET, ...object });
    if (wrong.length > 0)
      throw new Error(`${type} breaks the contract: ${wrong.join("; ")}`);
  }
  const clock = ctx.wall ?? ctx.clock;
  const event: Event = {
    id: newId("evt"),
    object: "event",
    api_version: API_VERSION,
    created: clock.now(),
    data: {
      object,
      ...(before && { previous_attributes: changedFields(before, object) }),
    },
    livemode: false,
    pending_webhooks: 0,
    request: ctx.request,
    type,
  };
  const departures = ctx.eventFaults ? ctx.eventFaults.departures(type) : [0];
  if (!departures) return event;
  ctx.store.put("event", event);
  for (const endpoint of listeningTo(ctx, type)) {
    for (const [nth, after] of departures.entries())
      queueDelivery(ctx, event, endpoint.id, { nth, after });
  }
  return event;
}

export function listeningTo(
  { store }: Pick<Context, "store">,
  type: string,
): WebhookEndpoint[] {
  return store
    .all("webhook_endpoint")
    .filter(
      ({ enabled_events, status }) =>
        status === "enabled" &&
        enabled_events.some((name) => name === "*" || name === type),
    );
}

/** On its way to one endpoint from now on. */
export function queueDelivery(
  ctx: Pick<Context, "clock" | "store" | "wall">,
  event: Event,
  endpoint: string,
  { nth, after }: { nth: number; after: number } = { nth: 0, after: 0 },
): void {
  const now = (ctx.wall ?? ctx.clock).nowMs();
  ctx.store.put("delivery", {
    id: `${event.id}:${endpoint}${nth > 0 ? `:${nth}` : ""}`,
    event: event.id,
    endpoint,
    attempts: 0,
    first_at: now,
    next_at: now + after,
  });
}

/** Old values of what changed: nested objects by changed key, lists whole, new keys as null. */
function changedFields(before: object, after: object): object {
  const now = new Map(Object.entries(after));
  const then = new Map(Object.entries(before));
  const changed: Record<string, unknown> = {};
  for (const key of new Set([...then.keys(), ...now.keys()])) {
    const was: unknown = then.get(key);
    const is: unknown = now.get(key);
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changed[key] =
      isPlain(was) && isPlain(is) ? changedFields(was, is) : (was ?? null);
  }
  return changed;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
