import type { World } from "./context";
import { API_VERSION } from "./context";
import { postWebhook } from "./post-webhook";
import type { Delivery } from "./records";
import { validSecrets } from "./resources/endpoint-secrets";
import { currentEvent } from "./resources/events";

const CONCURRENT = 4;
const RETRY_SECONDS = [1, 5, 30, 120, 600];
const HOUR_MS = 3_600_000;
const GIVE_UP_MS = 72 * HOUR_MS;

export type Deliveries = {
  /** Picks up what was committed since the last call. */
  wake(): void;
  /** Sends again what is due by the clock, which has been moved or unpaused. */
  rearm(): void;
  /** Resolves once every endpoint answered this event for the first time, or after `ms`. */
  answered(event: string, ms: number): Promise<void>;
  forget(): void;
  close(): void;
};

/** When the next attempt is due, or null when three days are over. */
function nextAttempt(delivery: Delivery, now: number): number | null {
  const step = RETRY_SECONDS[delivery.attempts - 1];
  const next = now + (step === undefined ? HOUR_MS : step * 1000);
  return next - delivery.first_at > GIVE_UP_MS ? null : next;
}

export function createDeliveries(
  world: Pick<World, "clock" | "store">,
): Deliveries {
  const { clock, store } = world;
  const queues = new Map<string, { ready: string[]; active: number }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const waiting = new Map<string, Set<() => void>>();
  const stop = new AbortController();
  let mark = -1;

  const paused = () => store.get("switch", "webhooks")?.paused ?? false;

  function enqueue(delivery: Delivery): void {
    if (delivery.next_at === null || stop.signal.aborted) return;
    const wait = delivery.next_at - clock.nowMs();
    if (wait > 0) {
      const timer = setTimeout(() => {
        timers.delete(delivery.id);
        ready(delivery);
      }, wait);
      timer.unref();
      timers.set(delivery.id, timer);
      return;
    }
    ready(delivery);
  }

  function ready(delivery: Delivery): void {
    const queue = queues.get(delivery.endpoint) ?? { ready: [], active: 0 };
    queues.set(delivery.endpoint, queue);
    queue.ready.push(delivery.id);
    pump(queue);
  }

  function pump(queue: { ready: string[]; active: number }): void {
    while (queue.active < CONCURRENT && !paused() && !stop.signal.aborted) {
      const id = queue.ready.shift();
      if (id === undefined) return;
      queue.active += 1;
      void attempt(id).finally(() => {
        queue.active -= 1;
        pump(queue);
      });
    }
  }

  async function attempt(id: string): Promise<void> {
    const delivery = store.get("delivery", id);
    const event = delivery && store.get("event", delivery.event);
    const endpoint =
      delivery && store.get("webhook_endpoint", delivery.endpoint);
    if (!delivery || !event) return;
    if (endpoint?.status !== "enabled") {
      store.remove("delivery", id);
      settle(event.id);
      return;
    }
    const seen = {
      ...currentEvent(world, event),
      api_version: endpoint.api_version ?? API_VERSION,
    };
    const ok = await postWebhook(
      { url: endpoint.url, secrets: validSecrets(world, endpoint) },
      JSON.stringify(seen, null, 2),
      stop.signal,
    );
    // A reset or a stop meanwhile has decided about this delivery already.
    if (stop.signal.aborted || !store.get("delivery", id)) return;
    if (ok) store.remove("delivery", id);
    else {
      const tried = { ...delivery, attempts: delivery.attempts + 1 };
      const next: Delivery = {
        ...tried,
        next_at: nextAttempt(tried, clock.nowMs()),
      };
      store.put("delivery", next);
      enqueue(next);
    }
    settle(event.id);
  }

  function settle(event: string): void {
    const open = store.all("delivery", { index: "event", key: event });
    if (open.some((delivery) => delivery.attempts === 0)) return;
    for (const resolve of waiting.get(event) ?? []) resolve();
    waiting.delete(event);
  }

  function wake(): void {
    const fresh = store.since("delivery", mark);
    mark = fresh.mark;
    for (const id of fresh.ids) {
      const delivery = store.get("delivery", id);
      if (delivery) enqueue(delivery);
    }
  }

  function rearm(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    const due = [...timers.keys()];
    timers.clear();
    for (const id of due) {
      const delivery = store.get("delivery", id);
      if (delivery) enqueue(delivery);
    }
    for (const queue of queues.values()) pump(queue);
  }

  return {
    wake,
    rearm,
    answered(event, ms) {
      const open = store.all("delivery", { index: "event", key: event });
      if (paused() || !open.some((delivery) => delivery.attempts === 0))
        return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        waiting.set(event, (waiting.get(event) ?? new Set()).add(done));
      });
    },
    forget() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      for (const queue of queues.values()) queue.ready = [];
      for (const resolvers of waiting.values())
        for (const resolve of resolvers) resolve();
      waiting.clear();
    },
    close() {
      stop.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      for (const resolvers of waiting.values())
        for (const resolve of resolvers) resolve();
    },
  };
}
