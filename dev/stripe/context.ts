import type { Clock } from "./clock";
import type { EventFaults } from "./event-faults";
import type { Store } from "./store";

export const API_VERSION = "2026-10-28.endive";
export const MERCHANT = "Turnpike demo shop";

/** What one running emulator is made of; nothing lives outside it. */
export type World = {
  clock: Clock;
  /** Where `clock` is a test clock's: the emulator's own, which events and payments go by. */
  wall?: Clock;
  origin: string;
  store: Store;
  /** Checks every answer and event against the contract; tests set it. */
  strict: boolean;
  /** What shall go wrong with webhooks, where somebody asked for it. */
  eventFaults?: EventFaults;
  /** Called after a commit that may have queued deliveries or set something due. */
  wake(): void;
};

/** The world as one request sees it; events name the request that caused them. */
export type Context = World & {
  request: { id: string | null; idempotency_key: string | null };
};

export function withoutRequest(world: World): Context {
  return { ...world, request: { id: null, idempotency_key: null } };
}
